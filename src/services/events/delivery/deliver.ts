import { CallRefused, checkAnswer } from "../../../engines/gateway/httpCall.ts";
import { invokeApi } from "../../../engines/gateway/invokeApi.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { assumeRole } from "../../../kernel/assumeRole.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage, NotImplemented } from "../../../kernel/errors.ts";
import { FIRST_RETRY_MS, MAX_DELIVERY_ATTEMPTS, MAX_EVENT_AGE_SECONDS } from "../limits.ts";
import type { RuleMeter } from "../meter.ts";
import type { DeliveryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { invokeApiDestination } from "./apiDestination.ts";
import { forwardEvent } from "./forward.ts";
import { isPipeline, startBuild, startPipeline, tellTried } from "./starts.ts";

/** Takes up the deliveries that a crash left. */
export const resumeDeliveries = (room: Room): void => {
  for (const { value } of room.deliveries.range()) startDelivery(room, value);
};

export const startDelivery = (room: Room, delivery: DeliveryRecord): void =>
  room.tasks.spawn(`event for ${delivery.target.arn}`, (signal) => run(room, delivery, signal));

const run = async (room: Room, delivery: DeliveryRecord, signal: AbortSignal): Promise<void> => {
  const tries = Math.min(MAX_DELIVERY_ATTEMPTS, (delivery.target.maxRetries ?? MAX_DELIVERY_ATTEMPTS) + 1);
  const count = (name: Parameters<RuleMeter>[0]) => room.meter(name, delivery.ruleArn);
  for (let attempts = delivery.attempts; attempts < tries; attempts++) {
    count("InvocationAttempts");
    if (attempts > 0) count("RetryInvocationAttempts");
    try {
      await send(room, delivery, signal);
      if (attempts === 0 && isPipeline(delivery.target)) tellTried(room, delivery);
      count("SuccessfulInvocationAttempts");
      // AWS: what fails for good is no invocation, whatever was tried.
      count("Invocations");
      break;
    } catch (error) {
      if (signal.aborted) throw error;
      if (attempts === 0 && isPipeline(delivery.target)) tellTried(room, delivery, error);
      room.deliveries.put(delivery.id, { ...delivery, attempts: attempts + 1 });
      if (attempts + 1 >= tries || !isWorthRetrying(error) || isTooOld(room, delivery)) {
        await giveUp(room, delivery, error);
        break;
      }
      await room.clock.sleep(FIRST_RETRY_MS * 2 ** attempts, signal);
    }
  }
  room.deliveries.delete(delivery.id);
};

const isTooOld = ({ clock }: Room, { target, since = clock.now() }: DeliveryRecord): boolean =>
  clock.now() - since >= (target.maxAgeSeconds ?? MAX_EVENT_AGE_SECONDS) * 1000;

/** AWS: a permission that is missing or a target that is gone stays so. */
const isWorthRetrying = (error: unknown): boolean =>
  !(error instanceof NotImplemented) &&
  !(error instanceof CallRefused) &&
  !(error instanceof Error && /AccessDenied|AuthorizationError|NotFound/.test(error.name));

const giveUp = async (room: Room, delivery: DeliveryRecord, error: unknown): Promise<void> => {
  const { target, ruleArn, payload } = delivery;
  room.meter("FailedInvocations", ruleArn);
  if (target.deadLetterArn !== undefined) {
    const { account = "", resource = "" } = parseArn(target.deadLetterArn) ?? {};
    const QueueUrl = `${room.endpoint()}/${account}/${resource}`;
    const attribute = (StringValue: string) => ({ DataType: "String", StringValue });
    // AWS: why it lies here goes with the event.
    const MessageAttributes = {
      RULE_ARN: attribute(ruleArn),
      TARGET_ARN: attribute(target.arn),
      ERROR_CODE: attribute(errorCode(error)),
      ERROR_MESSAGE: attribute(errorMessage(error)),
    };
    await countRedrive(
      room,
      ruleArn,
      asEvents(room, delivery).call("sqs", "SendMessage", { QueueUrl, MessageBody: payload, MessageAttributes }),
    );
    return;
  }
  process.stderr.write(`aloft: EventBridge gave up on ${target.arn} for ${ruleArn}: ${errorMessage(error)}\n`);
};

const countRedrive = async ({ meter }: Room, ruleArn: string, redrive: Promise<unknown>): Promise<void> => {
  try {
    await redrive;
    meter("InvocationsSentToDlq", ruleArn);
  } catch (error) {
    meter("InvocationsFailedToBeSentToDlq", ruleArn);
    throw error;
  }
};

/** AWS: an event passes its trace on. */
const asEvents = (room: Room, { ruleArn, traceHeader }: DeliveryRecord): Context =>
  room
    .contextAs({ kind: "service", account: room.account, service: "events.amazonaws.com", sourceArn: ruleArn })
    .traced(traceHeader);

const send = async (room: Room, delivery: DeliveryRecord, signal: AbortSignal): Promise<void> => {
  const { target, ruleArn, payload } = delivery;
  const service = asEvents(room, delivery);
  const ctx = target.roleArn
    ? await assumeRole(service, { service: "events.amazonaws.com", sourceArn: ruleArn }, target.roleArn, "events")
    : service;
  const arn = parseArn(target.arn);
  switch (arn?.service) {
    case "sns":
      // AWS: a text target such as a topic gets a JSON string as its text.
      await ctx.call("sns", "Publish", { TopicArn: target.arn, Message: unquoted(payload) });
      return;
    case "lambda":
      await ctx.call("lambda", "Invoke", {
        FunctionName: target.arn,
        InvocationType: "Event",
        Payload: Buffer.from(payload),
      });
      return;
    case "sqs":
      await ctx.call("sqs", "SendMessage", {
        QueueUrl: `${room.endpoint()}/${arn.account}/${arn.resource}`,
        MessageBody: payload,
        ...(target.messageGroupId === undefined ? {} : { MessageGroupId: target.messageGroupId }),
      });
      return;
    case "codepipeline":
      return startPipeline(ctx, delivery, arn.resource);
    case "codebuild":
      return startBuild(ctx, delivery, arn.resource.replace(/^project\//, ""));
    case "states":
      await ctx.call("states", "StartExecution", { stateMachineArn: target.arn, input: payload });
      return;
    case "events":
      if (arn.resource.startsWith("api-destination/")) return invokeApiDestination(room, ctx, delivery, signal);
      return forwardEvent(ctx, target.arn, payload);
    case "execute-api":
      return sendToApi(room, ctx, delivery, signal);
    case "logs":
      return sendToLogs(room, ctx, arn.resource.replace(/^log-group:/, "").replace(/:\*$/, ""), payload);
    default:
      throw new NotImplemented(`EventBridge targets of ${arn?.service ?? target.arn}`);
  }
};

/** AWS: the request is signed as the target's role where it has one. */
const sendToApi = async (
  room: Room,
  ctx: Context,
  { target: { arn, http, roleArn }, payload }: DeliveryRecord,
  signal: AbortSignal,
): Promise<void> => {
  const signing = roleArn === undefined ? {} : { credentials: room.credentialsFor(ctx.principal) };
  const answer = await invokeApi(room, { arn, ...(http ? { http } : {}), payload, ...signing }, signal);
  await answer.arrayBuffer();
  checkAnswer(answer.status, `The API answered ${answer.status}.`);
};

const unquoted = (payload: string): string => {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === "string" ? value : payload;
  } catch {
    // An input transformer's template need not be JSON.
    return payload;
  }
};

const sendToLogs = async (room: Room, ctx: Context, logGroupName: string, message: string): Promise<void> => {
  const logStreamName = room.ids.uuid();
  await ctx.call("logs", "CreateLogStream", { logGroupName, logStreamName });
  await ctx.call("logs", "PutLogEvents", {
    logGroupName,
    logStreamName,
    logEvents: [{ timestamp: room.clock.now(), message }],
  });
};
