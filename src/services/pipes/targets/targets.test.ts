import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateApiDestinationCommand, CreateConnectionCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { CreatePipeCommandInput } from "@aws-sdk/client-pipes";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
} from "@aws-sdk/client-sfn";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { SendMessageCommand, SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { serviceRole } from "../../../../test/serviceRole.ts";
import { zipped } from "../../lambda/testLambda.ts";
import { EVENTUALLY, pipesCloud, queueArn, queueUrl, SENDS } from "../testPipes.ts";

let made: Awaited<ReturnType<typeof pipesCloud>>;
beforeEach(async () => {
  made = await pipesCloud([...SENDS, "lambda:*", "states:*", "sns:*", "logs:*", "events:*"]);
});
afterEach(() => made[Symbol.asyncDispose]());

const send = (MessageBody: string) => made.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl("in"), MessageBody }));
const ONE = { SqsQueueParameters: { BatchSize: 1 } };
const eventually = <T>(look: () => Promise<T>) => vi.waitFor(look, EVENTUALLY);

test("a queue, a function that enriches, and a standard state machine that is not waited for", async () => {
  const { cloud } = made;
  const iam = cloud.client(IAMClient);
  const Code = {
    ZipFile: await zipped({
      "index.mjs": "export const handler = async (events) => events.map(({ body }) => ({ body, enriched: true }));",
    }),
  };
  const { FunctionArn = "" } = await cloud.client(LambdaClient).send(
    new CreateFunctionCommand({
      FunctionName: "enrich",
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Role: await serviceRole(iam, "enrich", "lambda"),
      Code,
    }),
  );
  const sfn = cloud.client(SFNClient);
  const { stateMachineArn = "" } = await sfn.send(
    new CreateStateMachineCommand({
      name: "target",
      roleArn: await serviceRole(iam, "machine", "states"),
      definition: JSON.stringify({ StartAt: "A", States: { A: { Type: "Pass", End: true } } }),
    }),
  );
  await made.create({
    SourceParameters: ONE,
    Enrichment: FunctionArn,
    Target: stateMachineArn,
    TargetParameters: { StepFunctionStateMachineParameters: { InvocationType: "FIRE_AND_FORGET" } },
  });
  await send("hello");
  const output = await eventually(async () => {
    const { executions: [execution] = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(execution?.status).toBe("SUCCEEDED");
    return (await sfn.send(new DescribeExecutionCommand({ executionArn: execution?.executionArn }))).output;
  });
  expect(JSON.parse(output ?? "")).toEqual([{ body: "hello", enriched: true }]);
});

test("a topic gets each event as a message of its own", async () => {
  const sns = made.cloud.client(SNSClient);
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "topic" }));
  const Statement = [
    { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: "*" },
  ];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await made.sqs.send(new SetQueueAttributesCommand({ QueueUrl: queueUrl("out"), Attributes: { Policy } }));
  const Attributes = { RawMessageDelivery: "true" };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn("out"), Attributes }));
  await made.create({ Target: TopicArn, TargetParameters: { InputTemplate: "got <$.body>" } });
  await send("a");
  expect((await made.arrived(1)).map(({ Body }) => Body)).toEqual(["got a"]);
});

test("a log group gets lines, at their own times where they tell them", async () => {
  const logs = made.cloud.client(CloudWatchLogsClient);
  await logs.send(new CreateLogGroupCommand({ logGroupName: "lines" }));
  await made.create({
    Target: "arn:aws:logs:us-east-1:123456789012:log-group:lines:*",
    TargetParameters: {
      InputTemplate: "Order <$.body.id>",
      CloudWatchLogsParameters: { LogStreamName: "orders", Timestamp: "$.body.at" },
    },
  });
  await send('{"id":7,"at":"2025-12-31T23:00:00Z"}');
  const lines = { logGroupName: "lines", logStreamName: "orders", startFromHead: true };
  const [event] = await eventually(async () => {
    const { events = [] } = await logs.send(new GetLogEventsCommand(lines));
    expect(events.length).toBe(1);
    return events;
  });
  expect(event).toMatchObject({ message: "Order 7", timestamp: Date.UTC(2025, 11, 31, 23) });
});

test("an API destination enriches and is a target, as its connection says, with paths into the event", async () => {
  const seen: { url: string | undefined; key: unknown; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      seen.push({ url: request.url, key: request.headers["x-key"], body });
      response.setHeader("content-type", "application/json").end('{"city":"Ulm"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const events = made.cloud.client(EventBridgeClient);
    const { ConnectionArn } = await events.send(
      new CreateConnectionCommand({
        Name: "partner",
        AuthorizationType: "API_KEY",
        AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: "x-key", ApiKeyValue: "k" } },
      }),
    );
    const InvocationEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/zip/*`;
    const { ApiDestinationArn = "" } = await events.send(
      new CreateApiDestinationCommand({ Name: "zip", ConnectionArn, InvocationEndpoint, HttpMethod: "POST" }),
    );
    const HttpParameters = { PathParameterValues: ["$.body.zip"], QueryStringParameters: { v: "1" } };
    const asked: Partial<CreatePipeCommandInput> = {
      SourceParameters: ONE,
      Enrichment: ApiDestinationArn,
      EnrichmentParameters: { InputTemplate: '{"zip":<$.body.zip>}', HttpParameters },
    };
    await made.create(asked);
    await send('{"zip":"89073"}');
    expect((await made.arrived(1))[0]?.Body).toBe('{"city":"Ulm"}');
    expect(seen).toEqual([{ url: "/zip/89073?v=1", key: "k", body: '{"zip":"89073"}' }]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
