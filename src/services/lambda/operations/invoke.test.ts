import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateAliasCommand,
  InvokeCommand,
  type InvokeCommandInput,
  InvokeWithResponseStreamCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import type { CallRecord } from "../../../kernel/callRecord.ts";
import { createHello, lambdaCloud, updated, zipped } from "../testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
const calls: CallRecord[] = [];
beforeEach(async () => {
  calls.length = 0;
  cloud = await lambdaCloud({ onCall: (call) => calls.push(call) });
});
afterEach(() => cloud[Symbol.asyncDispose]());

const invoke = async (event: unknown, more: Partial<InvokeCommandInput> = {}) => {
  const output = await cloud.lambda.send(
    new InvokeCommand({ FunctionName: "hello", Payload: Buffer.from(JSON.stringify(event)), ...more }),
  );
  return { ...output, json: output.Payload?.length ? JSON.parse(output.Payload.transformToString()) : undefined };
};
const ECHO =
  "export const handler = async (event, context) => ({ event, arn: context.invokedFunctionArn, client: context.clientContext, v: process.env.VALUE })";

describe("shape", () => {
  test("an answer, with version and log", async () => {
    await createHello(cloud.lambda, ECHO);
    const ClientContext = Buffer.from('{"custom":{"a":1}}').toString("base64");
    const output = await invoke({ a: "é" }, { LogType: "Tail", ClientContext });
    expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(output.FunctionError).toBeUndefined();
    expect(output.json).toEqual({
      event: { a: "é" },
      arn: "arn:aws:lambda:us-east-1:123456789012:function:hello",
      client: { custom: { a: 1 } },
    });
    expect(Buffer.from(output.LogResult ?? "", "base64").toString()).toMatch(/^START RequestId: .*\nEND .*\nREPORT /);
  });

  test("an error is an answer with a mark", async () => {
    await createHello(cloud.lambda, "export const handler = async () => { throw new Error('no') }");
    expect(await invoke({})).toMatchObject({
      StatusCode: 200,
      FunctionError: "Unhandled",
      json: { errorType: "Error", errorMessage: "no" },
    });
  });

  test("in the log of calls a function that threw has failed, and one that answered has not", async () => {
    await createHello(cloud.lambda, "export const handler = async ({ fails }) => { if (fails) throw new Error('no') }");
    await invoke({});
    await invoke({ fails: true });
    const Payload = Buffer.from('{"fails":true}');
    const streamed = await cloud.lambda.send(new InvokeWithResponseStreamCommand({ FunctionName: "hello", Payload }));
    const events: object[] = [];
    for await (const event of streamed.EventStream ?? []) events.push(event);
    expect(events).toMatchObject([{ InvokeComplete: { ErrorCode: "Unhandled" } }]);
    const failed = { name: "FunctionError", message: expect.stringContaining('"errorMessage":"no"') };
    const errors = calls.filter(({ operation }) => operation.startsWith("Invoke")).map(({ error }) => error);
    expect(errors).toMatchObject([undefined, failed, failed]);
  });
});

describe("refusals", () => {
  test("no such function, version or JSON; a role that does not trust Lambda; too many at once", async () => {
    expect(await refusal(invoke({}))).toBe(
      "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:123456789012:function:hello:$LATEST",
    );
    const untrusted = "arn:aws:iam::123456789012:role/untrusted";
    expect(await refusal(createHello(cloud.lambda, ECHO, { Role: untrusted }))).toBe(
      "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.",
    );
    await createHello(cloud.lambda, ECHO);
    expect(await refusal(invoke({}, { Qualifier: "7" }))).toBe(
      "ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:123456789012:function:hello:7",
    );
    expect(await refusal(invoke({}, { Payload: Buffer.from("{") }))).toMatch(
      /^InvalidRequestContentException: Could not parse request body into json/,
    );
    const saying = (text: string) => ({ ClientContext: Buffer.from(text).toString("base64") });
    expect(await refusal(invoke({}, saying("no JSON")))).toBe(
      "InvalidParameterValueException: Client context must be a valid Base64-encoded JSON object.",
    );
    expect(await refusal(invoke({}, saying(JSON.stringify("x".repeat(2683)))))).toBeUndefined();
    expect(await refusal(invoke({}, saying(JSON.stringify("x".repeat(2684)))))).toMatch(
      /^InvalidParameterValueException: Client context must not be larger than 3583 bytes/,
    );
    await cloud.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: "hello", ReservedConcurrentExecutions: 0 }),
    );
    expect(await refusal(invoke({}))).toBe("TooManyRequestsException: Rate Exceeded.");
  });
});

describe("behaviour", () => {
  test("new code and configuration take effect at once", async () => {
    await createHello(cloud.lambda);
    expect((await invoke({})).json).toBe(1);
    const ZipFile = await zipped({ "index.mjs": ECHO });
    await cloud.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "hello", ZipFile }));
    updated(cloud);
    await cloud.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: "hello", Environment: { Variables: { VALUE: "2" } } }),
    );
    expect((await invoke(5)).json).toMatchObject({ event: 5, v: "2" });
  });

  test("publishing a version leaves the environments of $LATEST at work", async () => {
    await createHello(cloud.lambda, "let events = 0; export const handler = async () => ++events");
    expect((await invoke({})).json).toBe(1);
    await cloud.lambda.send(new PublishVersionCommand({ FunctionName: "hello" }));
    expect((await invoke({})).json).toBe(2);
    expect((await invoke({}, { Qualifier: "1" })).json).toBe(1);
    const Environment = { Variables: { LETTER: "b" } };
    await cloud.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "hello", Environment }));
    expect((await invoke({})).json).toBe(1);
    updated(cloud);
    await cloud.lambda.send(new PublishVersionCommand({ FunctionName: "hello" }));
    expect((await invoke({})).json).toBe(2);
  });

  test("a client of the SDK that is not here is named", async () => {
    await createHello(cloud.lambda, 'import "@aws-sdk/client-workmail"; export const handler = async () => 1');
    const { errorType, errorMessage } = (await invoke({})).json;
    expect(errorType).toBe("Runtime.ImportModuleError");
    expect(errorMessage).toMatch(/package @aws-sdk\/client-workmail with the function$/);
  });

  test("an alias shifts its share of events to another version", async () => {
    await createHello(cloud.lambda, "export const handler = async () => 'one'", { Publish: true });
    await cloud.lambda.send(new CreateAliasCommand({ FunctionName: "hello", Name: "live", FunctionVersion: "1" }));
    await cloud.lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: "hello",
        ZipFile: await zipped({ "index.mjs": "export const handler = async () => 'two'" }),
      }),
    );
    updated(cloud);
    expect((await cloud.lambda.send(new PublishVersionCommand({ FunctionName: "hello" }))).Version).toBe("2");
    expect((await invoke({}, { Qualifier: "live" })).json).toBe("one");
    await cloud.lambda.send(
      new UpdateAliasCommand({
        FunctionName: "hello",
        Name: "live",
        RoutingConfig: { AdditionalVersionWeights: { "2": 0.5 } },
      }),
    );
    const seen = new Set<string>();
    for (let i = 0; i < 40; i++) {
      const { json, ExecutedVersion } = await invoke({}, { FunctionName: "hello:live" });
      expect(ExecutedVersion).toBe(json === "one" ? "1" : "2");
      seen.add(json);
    }
    expect(seen).toEqual(new Set(["one", "two"]));
  });

  test("the AWS SDK is there without being in the package", async () => {
    await createHello(
      cloud.lambda,
      "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; export const handler = async () => new DynamoDBClient({}).config.serviceId",
    );
    expect((await invoke({})).json).toBe("DynamoDB");
  });

  test("an event is retried, twice, a minute and two apart", async () => {
    await createHello(cloud.lambda, "export const handler = async () => { throw new Error('again') }");
    const { StatusCode } = await invoke({}, { InvocationType: "Event" });
    expect(StatusCode).toBe(202);
    const attempts = async () => {
      const logs = cloud.client(CloudWatchLogsClient as never) as CloudWatchLogsClient;
      const found = await logs
        .send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/hello", filterPattern: "START RequestId" }))
        .catch(() => ({ events: [] }));
      return found.events?.length ?? 0;
    };
    const attempted = async (count: number) => {
      const end = Date.now() + 5000;
      while ((await attempts()) < count && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
      return attempts();
    };
    expect(await attempted(1)).toBe(1);
    cloud.clock.advance(60_000);
    expect(await attempted(2)).toBe(2);
    cloud.clock.advance(120_000);
    expect(await attempted(3)).toBe(3);
    await cloud.tasks.idle();
    expect(cloud.records.names().filter((name) => name.endsWith("queue"))).toHaveLength(1);
  });
});
