import { parseArn } from "../../kernel/arn.ts";
import { NotImplemented } from "../../kernel/errors.ts";
import { functionArn } from "./find.ts";
import type { Room } from "./room.ts";

export interface SendOptions {
  /** Under which a bucket gets it. */
  readonly objectKey?: string;
  /** Attributes of the message; `ErrorCode` is a number. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Of the run that it tells of. */
  readonly traceId?: string | undefined;
  /** As what an event bus gets it. */
  readonly detailType?: string;
}

/** Sends a text to a queue, a topic, an event bus, another function or, under a key, a bucket, as the function's own role. */
export const sendToDestination = async (
  room: Room,
  functionName: string,
  destination: string,
  text: string,
  { objectKey, attributes = {}, detailType = "Lambda Function Invocation Result", traceId }: SendOptions = {},
): Promise<void> => {
  const record = room.functions.get(functionName);
  const arn = parseArn(destination);
  if (!record || !arn) return;
  const { principal } = await room.assumeRole(record.latest.role, record.name);
  const { call } = room.contextAs(principal).traced(traceId);
  switch (arn.service) {
    case "sqs": {
      await call("sqs", "SendMessage", {
        // AWS: nobody asks for it, so that a role which may send is enough.
        QueueUrl: `${room.endpoint()}/${arn.account}/${arn.resource}`,
        MessageBody: text,
        MessageAttributes: messageAttributes(attributes),
      });
      return;
    }
    case "sns":
      await call("sns", "Publish", {
        TopicArn: destination,
        Message: text,
        MessageAttributes: messageAttributes(attributes),
      });
      return;
    case "lambda":
      await call("lambda", "Invoke", {
        FunctionName: destination,
        InvocationType: "Event",
        Payload: Buffer.from(text),
      });
      return;
    case "events":
      await call("events", "PutEvents", {
        Entries: [
          {
            Source: "lambda",
            DetailType: detailType,
            Detail: text,
            EventBusName: destination,
            Resources: [functionArn(room, functionName)],
          },
        ],
      });
      return;
    case "s3":
      await call("s3", "PutObject", { Bucket: arn.resource, Key: objectKey ?? room.ids.uuid(), Body: text });
      return;
    default:
      throw new NotImplemented(`lambda's destinations of the service ${arn.service}`);
  }
};

const messageAttributes = (attributes: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [
      name,
      { DataType: name === "ErrorCode" ? "Number" : "String", StringValue },
    ]),
  );
