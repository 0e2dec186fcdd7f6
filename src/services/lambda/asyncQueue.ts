import { RecursiveInvocationException } from "@aws-sdk/client-lambda";
import { type InvocationResult, Throttled } from "../../engines/function/spec.ts";
import { isRefusal, NotImplemented } from "../../kernel/errors.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { newTraceId } from "../../kernel/traceId.ts";
import { chooseVersion } from "./choose.ts";
import { sendToDestination } from "./destinations.ts";
import { eventInvokeKey, functionArn } from "./find.ts";
import {
  ASYNC_RETRY_DELAYS_MS,
  DEFAULT_ASYNC_RETRIES,
  MAX_ASYNC_AGE_SECONDS,
  MAX_THROTTLE_DELAY_MS,
  THROTTLE_DELAY_MS,
} from "./limits.ts";
import { chained } from "./lineage.ts";
import { type EventInvokeRecord, LATEST, type QueuedEvent } from "./records.ts";
import type { Room } from "./room.ts";
import { runTold } from "./runTold.ts";

/** An event as Invoke takes it. */
export interface AcceptedEvent {
  readonly name: string;
  readonly qualifier: string | undefined;
  readonly requestId: string;
  readonly traceId: string;
  /** The trace of what led to it. */
  readonly cause: string | undefined;
  readonly payload: string;
}

/** Puts an event in the durable queue and starts to work on it. */
export const acceptEvent = (room: Room, { name, qualifier = "", cause, ...event }: AcceptedEvent): void => {
  const now = room.clock.now();
  const since = { acceptedAt: now, attempts: 0, dueAt: now };
  const queued = { ...event, functionName: name, qualifier, ...(cause === undefined ? {} : { cause }), ...since };
  room.queue.put(queued.requestId, queued);
  room.gauge.tell(name, "AsyncEventsReceived");
  work(room, queued);
};

/** Takes up what was queued when the process ended. An event under way then runs again: at least once, as on AWS. */
export const resumeEvents = (room: Room): void => {
  for (const { value } of room.queue.range()) work(room, value);
};

const work = (room: Room, queued: QueuedEvent): void =>
  room.tasks.spawn(`an event for ${queued.functionName}`, async (signal) => {
    let event: QueuedEvent | undefined = queued;
    while (event) {
      const waitMs = event.dueAt - room.clock.now();
      if (event.isThrottled) await room.throttledEvents.wait(event.functionName, waitMs, signal);
      else await room.clock.sleep(waitMs, signal);
      event = await attempt(room, event, signal);
    }
  });

/** Runs an event once. Gives it back with its next time, when there is one. */
const attempt = async (room: Room, event: QueuedEvent, signal: AbortSignal): Promise<QueuedEvent | undefined> => {
  const config = room.eventInvokes.get(eventInvokeKey(event.functionName, event.qualifier));
  const ctx = room.contextAs({ kind: "service", account: room.account, service: "lambda.amazonaws.com" });
  const reference = { name: event.functionName, qualifier: event.qualifier || undefined };
  const record = room.functions.get(event.functionName);
  if (!record) return finish(room, event);
  // AWS: where nothing may run, nothing waits either.
  if (record.reservedConcurrency === 0) return giveUp(room, event, config, "ZeroReservedConcurrency", RATE_EXCEEDED);
  try {
    const chosen = chooseVersion(room, ctx, reference);
    room.gauge.tell(event.functionName, "AsyncEventAge", room.clock.now() - event.acceptedAt);
    const running = runTold(room, chosen, reference.qualifier, "an asynchronous event", {
      requestId: event.requestId,
      traceId: event.traceId ?? newTraceId(room.ids, room.clock.now()),
      causes: [event.cause],
      payload: event.payload,
      invokedFunctionArn: functionArn(room, event.functionName, reference.qualifier),
    });
    const result = await unlessStopped(running, signal);
    room.throttledEvents.ran(event.functionName);
    const { isThrottled: _, ...tried } = event;
    return await settle(room, { ...tried, attempts: event.attempts + 1 }, config, result, chosen.version.version);
  } catch (error) {
    // Differs: AWS tells of a loop's last event, but not by which words.
    if (error instanceof RecursiveInvocationException) {
      return giveUp(room, event, config, "RecursiveInvocation", { code: "400", message: error.message });
    }
    if (!(error instanceof Throttled)) throw error;
    // AWS: throttled events wait ever longer, and do not use up their attempts.
    const waitedMs = Math.max(event.dueAt - event.acceptedAt, THROTTLE_DELAY_MS);
    const waiting = later(room, { ...event, isThrottled: true }, config, Math.min(waitedMs * 2, MAX_THROTTLE_DELAY_MS));
    return waiting ?? giveUp(room, event, config, "EventAgeExceeded", RATE_EXCEEDED);
  }
};

/** The cloud's end does not wait for what runs: its event is still queued, and runs anew when the cloud is back. */
const unlessStopped = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
  let leave = () => {};
  const stopped = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
    leave = () => signal.removeEventListener("abort", stop);
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    leave();
  }
};

const settle = async (
  room: Room,
  event: QueuedEvent,
  config: EventInvokeRecord | undefined,
  result: InvocationResult,
  version: string,
): Promise<QueuedEvent | undefined> => {
  if (result.outcome === "success") {
    if (config?.onSuccess) await deliver(room, event, config.onSuccess, "Success", { version, result });
    return finish(room, event);
  }
  const retries = config?.maxRetries ?? DEFAULT_ASYNC_RETRIES;
  const delayMs = ASYNC_RETRY_DELAYS_MS[event.attempts - 1];
  const retried = event.attempts <= retries && delayMs !== undefined ? later(room, event, config, delayMs) : undefined;
  if (retried) return retried;
  const condition = event.attempts > retries ? "RetriesExhausted" : "EventAgeExceeded";
  return giveUp(room, event, config, condition, { version, result });
};

/** The last attempt of an event. */
interface Ran {
  readonly version: string;
  readonly result: InvocationResult;
}

/** Why there was none, as a dead letter says it. */
interface Refused {
  readonly code: string;
  readonly message: string;
}

const RATE_EXCEEDED: Refused = { code: "429", message: "Rate Exceeded." };

/** Tells whoever is to hear of an event that was not handled, and forgets it. */
const giveUp = async (
  room: Room,
  event: QueuedEvent,
  config: EventInvokeRecord | undefined,
  condition: string,
  last: Ran | Refused,
): Promise<undefined> => {
  const { functionName } = event;
  const deadLetterArn = room.functions.get(functionName)?.latest.deadLetterArn;
  room.gauge.tell(functionName, "AsyncEventsDropped");
  if (config?.onFailure) await deliver(room, event, config.onFailure, condition, "result" in last ? last : undefined);
  if (deadLetterArn) {
    const { code, message } = "result" in last ? { code: "200", message: errorIn(last.result) } : last;
    const attributes = {
      RequestID: event.requestId,
      ErrorCode: code,
      // Queues and topics take no empty attributes.
      ...(message ? { ErrorMessage: message.slice(0, MAX_ERROR_MESSAGE) } : {}),
    };
    const traceId = traceFrom(room, event);
    const sending = sendToDestination(room, functionName, deadLetterArn, event.payload, { attributes, traceId });
    await delivered(sending, () => room.gauge.tell(functionName, "DeadLetterErrors"));
  }
  return finish(room, event);
};

/** AWS: a dead letter carries this much of the error's message. */
const MAX_ERROR_MESSAGE = 1024;

const errorIn = ({ payload }: InvocationResult): string => {
  const document = parsed(payload.toString());
  const message = isJsonObject(document) ? document["errorMessage"] : undefined;
  return typeof message === "string" ? message : "";
};

/** The trace of what an event's run brings about. */
const traceFrom = (room: Room, { functionName, traceId, cause }: QueuedEvent): string | undefined => {
  const record = room.functions.get(functionName);
  return record && traceId !== undefined ? chained(room, record, traceId, [cause]) : traceId;
};

/** AWS: what a destination does not take is lost, and the event with it. */
const delivered = async (sending: Promise<void>, lost: () => void): Promise<void> => {
  try {
    await sending;
  } catch (error) {
    if (error instanceof NotImplemented || !isRefusal(error)) throw error;
    lost();
  }
};

/** The event at a later time, unless it would then be too old. */
const later = (
  room: Room,
  event: QueuedEvent,
  config: EventInvokeRecord | undefined,
  delayMs: number,
): QueuedEvent | undefined => {
  const dueAt = room.clock.now() + delayMs;
  const maxAgeMs = (config?.maxAgeSeconds ?? MAX_ASYNC_AGE_SECONDS) * 1000;
  if (dueAt - event.acceptedAt > maxAgeMs) return undefined;
  const waiting = { ...event, dueAt };
  room.queue.put(event.requestId, waiting);
  return waiting;
};

const finish = (room: Room, { requestId }: QueuedEvent): undefined => {
  room.queue.delete(requestId);
  return undefined;
};

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const deliver = (
  room: Room,
  event: QueuedEvent,
  destination: string,
  condition: string,
  ran: Ran | undefined,
): Promise<void> => {
  const record = {
    version: "1.0",
    timestamp: new Date(room.clock.now()).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: functionArn(room, event.functionName, event.qualifier || LATEST),
      condition,
      approximateInvokeCount: event.attempts,
    },
    requestPayload: parsed(event.payload),
    ...(ran
      ? {
          responseContext: {
            statusCode: 200,
            executedVersion: ran.version,
            ...(ran.result.outcome === "error" ? { functionError: "Unhandled" } : {}),
          },
          responsePayload: parsed(ran.result.payload.toString()),
        }
      : {}),
  };
  const detailType = `Lambda Function Invocation Result - ${condition === "Success" ? "Success" : "Failure"}`;
  const sending = sendToDestination(room, event.functionName, destination, JSON.stringify(record), {
    detailType,
    traceId: traceFrom(room, event),
  });
  return delivered(sending, () => room.gauge.tell(event.functionName, "DestinationDeliveryFailures"));
};

const parsed = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : (value ?? null);
  } catch {
    // A custom runtime may answer anything.
    return text;
  }
};
