import { checkQueueAccess } from "../../../engines/eventSources/queueAccess.ts";
import { queueUrl } from "../../../engines/eventSources/queueUrl.ts";
import { leastFar, streamStart } from "../../../engines/eventSources/streamStart.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, isRefusal, NotImplemented } from "../../../kernel/errors.ts";
import { sourceKind } from "../definition/source.ts";
import { invalid } from "../errors.ts";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { asPipe } from "./asPipe.ts";

/** Throws where a pipe's role cannot do what it must before any event comes: AWS finds that out before the pipe runs. */
export const checkAccess = async (room: Room, pipe: PipeRecord): Promise<void> => {
  const ctx = await asPipe(room, pipe).catch((error: unknown) => {
    if (!isRefusal(error) || error instanceof NotImplemented) throw error;
    throw invalid("The provided customer role cannot be assumed by principal 'pipes.amazonaws.com'.");
  });
  if (sourceKind(pipe.source) === "sqs") return checkQueue(room, ctx, pipe);
  await checkStream(room, ctx, pipe);
  await checkDeadLetters(room, ctx, pipe.sourceParameters.DynamoDBStreamParameters?.DeadLetterConfig?.Arn);
};

const checkQueue = async (room: Room, ctx: Context, { source }: PipeRecord): Promise<void> => {
  await checkQueueAccess(ctx, queueUrl(room, source), (obstacle) =>
    invalid(
      obstacle.kind === "denied"
        ? `The provided customer role does not have permissions to call ${obstacle.action} on SQS`
        : "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    ),
  );
};

const checkStream = async (room: Room, ctx: Context, pipe: PipeRecord): Promise<void> => {
  const { name, source, sourceParameters } = pipe;
  const { StartingPosition, ParallelizationFactor: lanes = 1 } = sourceParameters.DynamoDBStreamParameters ?? {};
  const position = StartingPosition === "LATEST" ? "LATEST" : "TRIM_HORIZON";
  const start = await streamStart(ctx, source, position).catch((error: unknown) => {
    if (errorCode(error) === "ResourceNotFoundException") throw invalid(`Stream not found: ${source}`);
    if (!errorCode(error).startsWith("AccessDenied")) throw error;
    throw invalid(
      `Cannot access stream ${source}. Please ensure the customer role can perform actions on source stream`,
    );
  });
  const places = [...room.places.range({ prefix: [name] })].map(({ value }) => value);
  if (places.length === lanes) return;
  const from = places.length === 0 ? start : leastFar(places);
  room.records.atomically(() => {
    room.places.clear({ prefix: [name] });
    for (let lane = 0; lane < lanes; lane++) room.places.put([name, lane], from);
  });
};

/** No message is sent: the numbers and texts are ones that are refused, after permissions have been looked at. */
const checkDeadLetters = async (room: Room, ctx: Context, arn: string | undefined): Promise<void> => {
  if (arn === undefined) return;
  const isQueue = parseArn(arn)?.service === "sqs";
  const asked = isQueue
    ? ctx.call("sqs", "SendMessage", { QueueUrl: queueUrl(room, arn), MessageBody: "{}", DelaySeconds: -1 })
    : ctx.call("sns", "Publish", { TopicArn: arn, Message: "" });
  await asked.catch((error: unknown) => {
    if (!isRefusal(error) || /^Invalid/.test(errorCode(error))) return;
    throw invalid(`Error occurred while sending message to ${isQueue ? "SQS queue" : "SNS topic"}: ${arn}`);
  });
};
