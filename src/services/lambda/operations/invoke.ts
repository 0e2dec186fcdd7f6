import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { Throttled } from "../../../engines/function/spec.ts";
import type { Context } from "../../../kernel/context.ts";
import { knownJson } from "../../../kernel/jsonBytes.ts";
import { httpStatus } from "../../../kernel/operation.ts";
import { parentOf } from "../../../kernel/traceId.ts";
import { acceptEvent } from "../asyncQueue.ts";
import { chooseVersion } from "../choose.ts";
import { functionError, invalidValue, notJson, payloadTooLarge, tooManyRequests } from "../errors.ts";
import { functionArn, functionReference } from "../find.ts";
import { jsonFault } from "../jsonFault.ts";
import { MAX_ASYNC_PAYLOAD_BYTES, MAX_CLIENT_CONTEXT_BYTES, MAX_SYNC_PAYLOAD_BYTES } from "../limits.ts";
import { causeOf, enterChain } from "../lineage.ts";
import { type ResponseStream, responseStream } from "../responseStream.ts";
import type { Operation, Room } from "../room.ts";
import { runVersion } from "../runVersion.ts";
import { refuseUnbuilt } from "../unbuilt.ts";

export const invoke =
  (room: Room): Operation<"Invoke"> =>
  async (ctx, input) => {
    const { InvocationType: type = "RequestResponse" } = input;
    refuseUnbuilt(input);
    const reference = functionReference(ctx, input.FunctionName, input.Qualifier);
    const chosen = chooseVersion(room, ctx, reference);
    const maxBytes = type === "Event" ? MAX_ASYNC_PAYLOAD_BYTES : MAX_SYNC_PAYLOAD_BYTES;
    const payload = await eventOf(input.Payload, maxBytes);
    if (type === "DryRun") return { StatusCode: 204, [httpStatus]: 204 };
    const clientContext = clientContextOf(input.ClientContext);
    const cause = causeOf(ctx);
    const calledFrom = parentOf(ctx.traceId ?? "");
    const traceId = ctx.beginPart();
    if (type === "Event") {
      acceptEvent(room, { ...reference, requestId: ctx.requestId, traceId, cause, payload });
      return { StatusCode: 202, [httpStatus]: 202 };
    }
    const chain = enterChain(room, chosen.record, traceId, [cause]);
    const result = await throttledAsAws(() =>
      runVersion(room, chosen, reference.qualifier, {
        requestId: ctx.requestId,
        payload,
        invokedFunctionArn: functionArn(ctx, reference.name, reference.qualifier),
        tail: input.LogType === "Tail",
        ...clientContext,
        traceId: chain,
        calledFrom,
      }),
    );
    if (result.outcome === "error") ctx.noteFailure(functionError(result.payload));
    return {
      StatusCode: 200,
      ExecutedVersion: chosen.version.version,
      Payload: result.payload,
      ...(result.outcome === "error" ? { FunctionError: "Unhandled" } : {}),
      ...(result.logTail === undefined ? {} : { LogResult: result.logTail }),
    };
  };

/** The older way to queue an event. */
export const invokeAsync =
  (room: Room): Operation<"InvokeAsync"> =>
  async (ctx, input) => {
    const reference = functionReference(ctx, input.FunctionName);
    chooseVersion(room, ctx, reference);
    const payload = await eventOf(input.InvokeArgs, MAX_ASYNC_PAYLOAD_BYTES);
    const cause = causeOf(ctx);
    acceptEvent(room, { ...reference, requestId: ctx.requestId, traceId: ctx.beginPart(), cause, payload });
    return { Status: 202 };
  };

export const invokeWithResponseStream =
  (room: Room): Operation<"InvokeWithResponseStream"> =>
  async (ctx, input) => {
    refuseUnbuilt(input);
    const reference = functionReference(ctx, input.FunctionName, input.Qualifier);
    const chosen = chooseVersion(room, ctx, reference);
    const payload = await eventOf(input.Payload, MAX_SYNC_PAYLOAD_BYTES);
    if (input.InvocationType === "DryRun") return { StatusCode: 204, [httpStatus]: 204 };
    const cause = causeOf(ctx);
    const calledFrom = parentOf(ctx.traceId ?? "");
    const traceId = enterChain(room, chosen.record, ctx.beginPart(), [cause]);
    const stream = await throttledAsAws(() =>
      responseStream((listen) =>
        runVersion(room, chosen, reference.qualifier, {
          requestId: ctx.requestId,
          traceId,
          calledFrom,
          payload,
          invokedFunctionArn: functionArn(ctx, reference.name, reference.qualifier),
          tail: input.LogType === "Tail",
          ...clientContextOf(input.ClientContext),
          ...listen,
        }),
      ),
    );
    return {
      StatusCode: 200,
      ExecutedVersion: chosen.version.version,
      ResponseStreamContentType: stream.contentType,
      EventStream: streamEvents(ctx, stream),
    };
  };

/** The stream's events: what the function writes, and at the end how it went. */
async function* streamEvents(ctx: Context, { chunks, result }: ResponseStream) {
  for await (const Payload of chunks) yield { PayloadChunk: { Payload } };
  const { outcome, payload, logTail } = await result;
  if (outcome === "error") ctx.noteFailure(functionError(payload));
  yield {
    InvokeComplete: {
      ...(outcome === "error" ? { ErrorCode: "Unhandled", ErrorDetails: payload.toString() } : {}),
      ...(logTail === undefined ? {} : { LogResult: logTail }),
    },
  };
}

const throttledAsAws = async <R>(work: () => Promise<R>): Promise<R> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Throttled ? tooManyRequests(error.reason) : error;
  }
};

/** AWS: no payload at all is an empty event. */
const eventOf = async (payload: unknown, maxBytes: number): Promise<string> => {
  const bytes = await payloadBytes(payload);
  if (bytes.length > maxBytes) throw payloadTooLarge(maxBytes);
  return bytes.length > 0 ? (knownJson(bytes) ?? checkedJson(bytes)) : "{}";
};

const clientContextOf = (base64: string | undefined) =>
  base64 === undefined ? {} : { clientContext: decodedContext(base64) };

/** The SDK's type allows streams and texts as well; from the wire it is bytes. */
const payloadBytes = async (payload: unknown): Promise<Uint8Array> => {
  if (payload instanceof Uint8Array) return payload;
  if (typeof payload === "string") return Buffer.from(payload);
  return payload instanceof Readable ? buffer(payload) : EMPTY;
};

const EMPTY = Buffer.alloc(0);

/** The event must be JSON; it goes on as the text it came as. */
const checkedJson = (payload: Uint8Array): string => {
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString();
  try {
    JSON.parse(text);
  } catch {
    throw notJson(jsonFault(payload));
  }
  return text;
};

const decodedContext = (base64: string): string => {
  // AWS does not document the words.
  if (base64.length > MAX_CLIENT_CONTEXT_BYTES)
    throw invalidValue(`Client context must not be larger than ${MAX_CLIENT_CONTEXT_BYTES} bytes.`);
  const text = Buffer.from(base64, "base64").toString();
  try {
    JSON.parse(text);
  } catch {
    throw invalidValue("Client context must be a valid Base64-encoded JSON object.");
  }
  return text;
};
