import type { CallOutputs } from "../../kernel/aws.ts";
import { parsed } from "./parsed.ts";
import type { PolledQueue } from "./source.ts";

type Message = NonNullable<CallOutputs["sqs"]["ReceiveMessage"]["Messages"]>[number];

/** One message as functions see it. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export interface SqsItem {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export const sqsItem = (message: Message, { sourceArn, windowSeconds }: PolledQueue, awsRegion: string): SqsItem => ({
  messageId: message.MessageId ?? "",
  receiptHandle: message.ReceiptHandle ?? "",
  body: message.Body ?? "",
  attributes: message.Attributes ?? {},
  ...{
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
        name,
        {
          ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
          ...(value.BinaryValue === undefined
            ? {}
            : { binaryValue: Buffer.from(value.BinaryValue).toString("base64") }),
          stringListValues: [],
          binaryListValues: [],
          dataType: value.DataType ?? "String",
        },
      ]),
    ),
    ...digestOf(message, windowSeconds),
    md5OfBody: message.MD5OfBody ?? "",
    eventSource: "aws:sqs",
    eventSourceARN: sourceArn,
    awsRegion,
  },
});

/** AWS: of a message without attributes there is none, which only those who wait for more messages are told. */
const digestOf = ({ MD5OfMessageAttributes }: Message, windowSeconds: number) => {
  if (MD5OfMessageAttributes !== undefined) return { md5OfMessageAttributes: MD5OfMessageAttributes };
  return windowSeconds > 0 ? { md5OfMessageAttributes: null } : {};
};

/** The same for filters: a body that is JSON is looked into. */
export const filterable = (item: SqsItem): object => ({ ...item, body: parsed(item.body) });

/** The traces of the requests that sent a batch's messages. */
export const tracesOf = (items: readonly SqsItem[]): readonly string[] => [
  ...new Set(items.flatMap(({ attributes: { AWSTraceHeader } }) => AWSTraceHeader ?? [])),
];
