import { queueUrl } from "../../../engines/eventSources/queueUrl.ts";
import { parameterOf } from "../execution/transform.ts";
import type { Deliver } from "./delivery.ts";

export const toQueue: Deliver = async ({ room, ctx, pipe }, { arn, events, inputs }) => {
  const { MessageGroupId, MessageDeduplicationId } = pipe.targetParameters?.SqsQueueParameters ?? {};
  const Entries = events.map((event, index) => {
    const group = parameterOf(MessageGroupId, event);
    const deduplication = parameterOf(MessageDeduplicationId, event);
    return {
      Id: String(index),
      MessageBody: inputs[index] ?? "",
      ...(group === undefined ? {} : { MessageGroupId: group }),
      ...(deduplication === undefined ? {} : { MessageDeduplicationId: deduplication }),
    };
  });
  const answer = await ctx.call("sqs", "SendMessageBatch", { QueueUrl: queueUrl(room, arn), Entries });
  return batchAnswer(Entries, answer);
};

export const toTopic: Deliver = async ({ ctx }, { arn, inputs }) => {
  const PublishBatchRequestEntries = inputs.map((Message, index) => ({ Id: String(index), Message }));
  const answer = await ctx.call("sns", "PublishBatch", { TopicArn: arn, PublishBatchRequestEntries });
  return batchAnswer(PublishBatchRequestEntries, answer);
};

interface BatchAnswer {
  readonly Failed?: readonly { readonly Id?: string | undefined }[] | undefined;
}

const batchAnswer = (entries: readonly object[], answer: BatchAnswer) => ({
  request: JSON.stringify(entries),
  response: JSON.stringify(answer),
  failedEvents: (answer.Failed ?? []).map(({ Id }) => Number(Id)),
});
