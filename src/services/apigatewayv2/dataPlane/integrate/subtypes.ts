import type { Context } from "../../../../kernel/context.ts";
import { AwsError } from "../../../../kernel/errors.ts";
import type { HttpResponse } from "../../../../kernel/http.ts";
import { isJsonObject } from "../../../../kernel/json.ts";
import { parseJson } from "../mapping/jsonPath.ts";
import { queryResponse } from "./queryResponse.ts";

type Parameters = Readonly<Record<string, string>>;

/** A call that an HTTP API can make of a service. */
export interface Subtype {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  run(ctx: Context, parameters: Parameters): Promise<HttpResponse>;
}

const json = (version: "1.0" | "1.1", output: object): HttpResponse => ({
  status: 200,
  headers: { "content-type": `application/x-amz-json-${version}` },
  body: JSON.stringify(output),
});

const listOf = (text: string | undefined): string[] | undefined => {
  if (text === undefined) return undefined;
  const parsed = parseJson(text);
  return Array.isArray(parsed) ? parsed.map(String) : text.split(",").map((each) => each.trim());
};

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** Message attributes as the parameter's JSON has them. */
const attributesOf = (text: string | undefined) => {
  if (text === undefined) return undefined;
  const parsed = parseJson(text);
  if (!isJsonObject(parsed)) throw new AwsError("InvalidParameterValue", "Message attributes must be a JSON object.");
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => {
      const { DataType, StringValue, BinaryValue } = isJsonObject(value) ? value : {};
      const binary = BinaryValue === undefined ? {} : { BinaryValue: Buffer.from(String(BinaryValue), "base64") };
      const string = StringValue === undefined ? {} : { StringValue: String(StringValue) };
      return [name, { DataType: String(DataType ?? ""), ...string, ...binary }];
    }),
  );
};

/** Numbers of seconds, as JSON protocols write times. */
const seconds = (date: Date | undefined) => (date === undefined ? {} : { startDate: date.getTime() / 1000 });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
export const SUBTYPES: Readonly<Record<string, Subtype>> = {
  "EventBridge-PutEvents": {
    required: ["Detail", "DetailType", "Source"],
    optional: ["Time", "EventBusName", "Resources", "Region", "TraceHeader"],
    run: async (ctx, { Detail, DetailType, Source, Time, EventBusName, Resources, TraceHeader }) => {
      const time = Time === undefined ? {} : { Time: new Date(Time) };
      const entry = { Detail, DetailType, Source, EventBusName, TraceHeader, Resources: listOf(Resources), ...time };
      const { Entries, FailedEntryCount } = await ctx.call("events", "PutEvents", { Entries: [entry] });
      return json("1.1", { Entries, FailedEntryCount });
    },
  },
  "SQS-SendMessage": {
    required: ["QueueUrl", "MessageBody"],
    optional: [
      "DelaySeconds",
      "MessageAttributes",
      "MessageDeduplicationId",
      "MessageGroupId",
      "MessageSystemAttributes",
      "Region",
    ],
    run: async (ctx, parameters) =>
      queryResponse(
        "SendMessage",
        await ctx.call("sqs", "SendMessage", {
          QueueUrl: parameters["QueueUrl"],
          MessageBody: parameters["MessageBody"],
          DelaySeconds: numberOf(parameters["DelaySeconds"]),
          MessageAttributes: attributesOf(parameters["MessageAttributes"]),
          MessageDeduplicationId: parameters["MessageDeduplicationId"],
          MessageGroupId: parameters["MessageGroupId"],
          MessageSystemAttributes: attributesOf(parameters["MessageSystemAttributes"]),
        }),
        ctx.requestId,
      ),
  },
  "SQS-ReceiveMessage": {
    required: ["QueueUrl"],
    optional: [
      "AttributeNames",
      "MaxNumberOfMessages",
      "MessageAttributeNames",
      "ReceiveRequestAttemptId",
      "VisibilityTimeout",
      "WaitTimeSeconds",
      "Region",
    ],
    run: async (ctx, parameters) => {
      const { Messages = [] } = await ctx.call("sqs", "ReceiveMessage", {
        QueueUrl: parameters["QueueUrl"],
        MaxNumberOfMessages: numberOf(parameters["MaxNumberOfMessages"]),
        MessageAttributeNames: listOf(parameters["MessageAttributeNames"]),
        VisibilityTimeout: numberOf(parameters["VisibilityTimeout"]),
        WaitTimeSeconds: numberOf(parameters["WaitTimeSeconds"]),
      });
      const message = Messages.map(({ MessageId, ReceiptHandle, MD5OfBody, Body }) => ({
        MessageId,
        ReceiptHandle,
        MD5OfBody,
        Body,
      }));
      return queryResponse("ReceiveMessage", { Message: message }, ctx.requestId);
    },
  },
  "SQS-DeleteMessage": {
    required: ["ReceiptHandle", "QueueUrl"],
    optional: ["Region"],
    run: async (ctx, { QueueUrl, ReceiptHandle }) => {
      await ctx.call("sqs", "DeleteMessage", { QueueUrl, ReceiptHandle });
      return queryResponse("DeleteMessage", undefined, ctx.requestId);
    },
  },
  "SQS-PurgeQueue": {
    required: ["QueueUrl"],
    optional: ["Region"],
    run: async (ctx, { QueueUrl }) => {
      await ctx.call("sqs", "PurgeQueue", { QueueUrl });
      return queryResponse("PurgeQueue", undefined, ctx.requestId);
    },
  },
  "StepFunctions-StartExecution": {
    required: ["StateMachineArn"],
    optional: ["Name", "Input", "Region"],
    run: async (ctx, { StateMachineArn, Name, Input }) => {
      const input = { stateMachineArn: StateMachineArn, name: Name, input: Input };
      const { executionArn, startDate } = await ctx.call("states", "StartExecution", input);
      return json("1.0", { executionArn, ...seconds(startDate) });
    },
  },
  "StepFunctions-StartSyncExecution": {
    required: ["StateMachineArn"],
    optional: ["Name", "Input", "Region", "TraceHeader"],
    run: async (ctx, { StateMachineArn, Name, Input, TraceHeader }) => {
      const input = { stateMachineArn: StateMachineArn, name: Name, input: Input, traceHeader: TraceHeader };
      const { startDate, stopDate, ...output } = await ctx.call("states", "StartSyncExecution", input);
      const stopped = stopDate === undefined ? {} : { stopDate: stopDate.getTime() / 1000 };
      return json("1.0", { ...output, ...seconds(startDate), ...stopped });
    },
  },
  "StepFunctions-StopExecution": {
    required: ["ExecutionArn"],
    optional: ["Cause", "Error", "Region"],
    run: async (ctx, { ExecutionArn, Cause, Error: error }) => {
      const { stopDate } = await ctx.call("states", "StopExecution", {
        executionArn: ExecutionArn,
        cause: Cause,
        error,
      });
      return json("1.0", stopDate === undefined ? {} : { stopDate: stopDate.getTime() / 1000 });
    },
  },
};
