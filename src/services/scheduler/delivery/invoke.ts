import { parseArn } from "../../../kernel/arn.ts";
import { assumeRole } from "../../../kernel/assumeRole.ts";
import { callByName } from "../../../kernel/callByName.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage, NotImplemented } from "../../../kernel/errors.ts";
import { traceOfWork } from "../../../kernel/traceId.ts";
import { asScheduler } from "../assuming.ts";
import { FIRST_RETRY_MS, MAX_RETRY_WAIT_MS } from "../limits.ts";
import type { InvocationRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** Takes up the invocations that a crash left. */
export const resumeInvocations = (room: Room): void => {
  for (const { value } of room.invocations.range()) startInvocation(room, value);
};

export const startInvocation = (room: Room, invocation: InvocationRecord): void =>
  room.tasks.spawn(`the schedule ${invocation.scheduleArn}`, (signal) => run(room, invocation, signal));

const run = async (room: Room, invocation: InvocationRecord, signal: AbortSignal): Promise<void> => {
  const { target, since } = invocation;
  for (let attempts = invocation.attempts; ; attempts++) {
    try {
      await invoke(room, invocation, attempts + 1);
      break;
    } catch (error) {
      if (signal.aborted) throw error;
      room.invocations.put(invocation.id, { ...invocation, attempts: attempts + 1 });
      const isOver = room.clock.now() - since >= target.maxAgeSeconds * 1000 || attempts >= target.maxRetries;
      if (isOver || !isWorthRetrying(error)) {
        await giveUp(room, invocation, error, attempts);
        break;
      }
      await room.clock.sleep(Math.min(FIRST_RETRY_MS * 2 ** attempts, MAX_RETRY_WAIT_MS), signal);
    }
  }
  room.invocations.delete(invocation.id);
};

/** AWS: what the caller did wrong stays wrong; what the service could not do is tried again. */
const isWorthRetrying = (error: unknown): boolean =>
  !(error instanceof NotImplemented) &&
  (/Throttl|TooManyRequests|LimitExceeded|ServiceUnavailable|Internal/.test(errorCode(error)) ||
    (error instanceof Error && "$fault" in error && error.$fault === "server"));

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html */
const giveUp = async (room: Room, invocation: InvocationRecord, error: unknown, retries: number): Promise<void> => {
  const { target, scheduleArn, scheduledAt } = invocation;
  const failure = `${errorCode(error)}: ${errorMessage(error)}`;
  if (target.deadLetterArn === undefined) {
    process.stderr.write(`aloft: the schedule ${scheduleArn} failed to call ${target.arn}: ${failure}\n`);
    return;
  }
  const attribute = (StringValue: string) => ({ DataType: "String", StringValue });
  const isExhausted = retries >= target.maxRetries;
  const ctx = await asRole(room, invocation);
  await ctx.call("sqs", "SendMessage", {
    QueueUrl: queueUrl(room, target.deadLetterArn),
    MessageBody: target.input ?? "{}",
    MessageAttributes: {
      ERROR_CODE: attribute(errorCode(error)),
      ERROR_MESSAGE: attribute(errorMessage(error)),
      EXHAUSTED_RETRY_CONDITION: attribute(isExhausted ? "MaximumRetryAttempts" : "MaximumEventAgeInSeconds"),
      IS_PAYLOAD_TRUNCATED: attribute("false"),
      RETRY_ATTEMPTS: attribute(String(retries)),
      SCHEDULED_TIME: attribute(isoTime(scheduledAt)),
      SCHEDULE_ARN: attribute(scheduleArn),
      TARGET_ARN: attribute(target.arn),
    },
  });
};

/** Each invocation begins a trace, which its retries go on with. */
const asRole = (room: Room, { id, since, target, scheduleArn }: InvocationRecord): Promise<Context> => {
  const self = asScheduler(scheduleArn);
  const ctx = room.contextAs({ kind: "service", account: room.account, ...self }).traced(traceOfWork(id, since));
  return assumeRole(ctx, self, target.roleArn, scheduleArn.split("/").at(-1) ?? "schedule");
};

const invoke = async (room: Room, invocation: InvocationRecord, attempt: number): Promise<void> => {
  const { target } = invocation;
  const ctx = await asRole(room, invocation);
  const input = withContext(target.input, invocation, attempt);
  const arn = parseArn(target.arn);
  switch (arn?.service) {
    case "lambda":
      await ctx.call("lambda", "Invoke", {
        FunctionName: target.arn,
        InvocationType: "Event",
        Payload: Buffer.from(input ?? "{}"),
      });
      return;
    case "sqs":
      await ctx.call("sqs", "SendMessage", {
        QueueUrl: queueUrl(room, target.arn),
        MessageBody: input ?? "{}",
        ...(target.messageGroupId === undefined ? {} : { MessageGroupId: target.messageGroupId }),
      });
      return;
    case "sns":
      await ctx.call("sns", "Publish", { TopicArn: target.arn, Message: input ?? "{}" });
      return;
    case "states":
      await ctx.call("states", "StartExecution", { stateMachineArn: target.arn, input: input ?? "{}" });
      return;
    case "events":
      await putEvent(ctx, invocation, input);
      return;
    case "codebuild":
      await ctx.call("codebuild", "StartBuild", { projectName: arn.resource.replace(/^project\//, "") });
      return;
    case "codepipeline":
      await ctx.call("codepipeline", "StartPipelineExecution", { name: arn.resource });
      return;
    default: {
      const [, service = "", action = ""] = /:aws-sdk:([^:]+):([^:]+)$/.exec(target.arn) ?? [];
      await callByName(ctx, service, action, JSON.parse(input ?? "{}"));
    }
  }
};

const putEvent = async (ctx: Context, { target }: InvocationRecord, input: string | undefined): Promise<void> => {
  await ctx.call("events", "PutEvents", {
    Entries: [
      {
        EventBusName: target.arn,
        Source: target.event?.source,
        DetailType: target.event?.detailType,
        Detail: input ?? "{}",
      },
    ],
  });
};

const queueUrl = (room: Room, queueArn: string): string => {
  const { account = "", resource = "" } = parseArn(queueArn) ?? {};
  return `${room.endpoint()}/${account}/${resource}`;
};

const isoTime = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
const withContext = (input: string | undefined, invocation: InvocationRecord, attempt: number): string | undefined => {
  const values: Readonly<Record<string, string>> = {
    "schedule-arn": invocation.scheduleArn,
    "scheduled-time": isoTime(invocation.scheduledAt),
    "execution-id": invocation.id,
    "attempt-number": String(attempt),
  };
  return input?.replace(/<aws\.scheduler\.([a-z-]+)>/g, (all, name: string) => values[name] ?? all);
};
