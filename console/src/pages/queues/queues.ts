import { call, type Output } from "../../api/call.ts";
import { allPages } from "../../api/pages.ts";

export type Message = NonNullable<Output<"sqs", "ReceiveMessage">["Messages"]>[number];
export type Attributes = NonNullable<Output<"sqs", "GetQueueAttributes">["Attributes"]>;

/** What one look shows at the most. */
export const MAX_PEEKED = 100;
const PAGE = 10;
/** For as long as the look takes, the messages it has shown already stay out of its own way. */
const LOOK_SECONDS = 30;

export const queueUrls = (): Promise<readonly string[]> =>
  allPages("sqs", "ListQueues", { MaxResults: 1000 }, ({ QueueUrls, NextToken }) => ({
    items: QueueUrls,
    next: NextToken ? { NextToken } : undefined,
  }));

export const attributesOf = async (QueueUrl: string): Promise<Attributes> =>
  (await call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] })).Attributes ?? {};

/** Messages that wait in a queue, which are back in it when this answers. */
export const peek = async (QueueUrl: string): Promise<readonly Message[]> => {
  const found: Message[] = [];
  while (found.length < MAX_PEEKED) {
    const { Messages = [] } = await call("sqs", "ReceiveMessage", {
      QueueUrl,
      MaxNumberOfMessages: PAGE,
      VisibilityTimeout: LOOK_SECONDS,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    });
    if (Messages.length === 0) break;
    found.push(...Messages);
  }
  for (let at = 0; at < found.length; at += PAGE) {
    const Entries = found.slice(at, at + PAGE).map(({ ReceiptHandle = "" }, index) => ({
      Id: String(index),
      ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await call("sqs", "ChangeMessageVisibilityBatch", { QueueUrl, Entries });
  }
  return found;
};

/** Where a queue's redrive policy sends what could not be handled. */
export const deadLettersOf = ({ RedrivePolicy = "" }: Attributes): { arn: string; after: string } | undefined => {
  if (RedrivePolicy === "") return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(RedrivePolicy);
  return { arn: String(deadLetterTargetArn), after: String(maxReceiveCount) };
};
