import {
  InvokeCommand,
  type InvokeCommandInput,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { BatchGetTracesCommand, GetTraceSummariesCommand, XRayClient } from "@aws-sdk/client-xray";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refusal } from "../../../test/refusal.ts";
import { allowHello, createHello, lambdaCloud, updated } from "./testLambda.ts";

let cloud: Awaited<ReturnType<typeof lambdaCloud>>;
beforeEach(async () => {
  cloud = await lambdaCloud();
  await allowHello(cloud, "xray:PutTraceSegments");
});
afterEach(() => cloud[Symbol.asyncDispose]());

const TracingConfig = { Mode: "Active" } as const;
const HEADER = "export const handler = async () => process.env._X_AMZN_TRACE_ID";

/** Sends a segment as X-Ray's SDK does, in its header's trace, and one that is none. */
const SENDS = `
import { createSocket } from "node:dgram";
const [host, port] = process.env.AWS_XRAY_DAEMON_ADDRESS.split(":");
export const handler = async () => {
  const [, root, parent] = /Root=([^;]+);Parent=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID);
  const now = Date.now() / 1000;
  const subsegment = {
    id: "00000000000000aa", trace_id: root, parent_id: parent, type: "subsegment", name: "DynamoDB", namespace: "aws",
    start_time: now, end_time: now, aws: { table_name: "facts", operation: "GetItem" }, annotations: { kind: "fact" },
  };
  const socket = createSocket("udp4");
  const send = (text) => new Promise((resolve) => socket.send(text, Number(port), host, resolve));
  await send("no header");
  await send('{"format": "json", "version": 1}\\n' + JSON.stringify(subsegment));
  socket.close();
}`;

/** Invokes it with a trace, and answers what the function said and what it logged. */
const invoke = async (traceId?: string, input: Partial<InvokeCommandInput> = {}) => {
  const command = new InvokeCommand({ FunctionName: "hello", LogType: "Tail", ...input });
  command.middlewareStack.add(
    (next) => (args) => {
      if (traceId) Object.assign((args.request as { headers: object }).headers, { "x-amzn-trace-id": traceId });
      return next(args);
    },
    { step: "build" },
  );
  const { Payload, LogResult = "" } = await cloud.lambda.send(command);
  await cloud.tasks.idle();
  return { said: Payload?.transformToString() ?? "", log: Buffer.from(LogResult, "base64").toString() };
};

const xray = () => cloud.client(XRayClient as never) as XRayClient;

const summaries = async () => {
  const now = cloud.clock.now();
  const range = { StartTime: new Date(now - 60_000), EndTime: new Date(now + 60_000) };
  return (await xray().send(new GetTraceSummariesCommand(range))).TraceSummaries ?? [];
};

/** The documents of the one trace there is. */
const documents = async () => {
  const [summary, ...others] = await summaries();
  expect(others).toEqual([]);
  const { Traces } = await xray().send(new BatchGetTracesCommand({ TraceIds: [summary?.Id ?? ""] }));
  return Traces?.[0]?.Segments?.map(({ Document = "" }) => JSON.parse(Document)) ?? [];
};

test("a traced function has the service's segment and its own, and its log names them", async () => {
  await createHello(cloud.lambda, HEADER, { TracingConfig });
  const { said, log } = await invoke();
  const [, root, parent] =
    /^"Root=(1-[0-9a-f]{8}-[0-9a-f]{24});Parent=([0-9a-f]{16});Sampled=1;Lineage=/.exec(said) ?? [];
  expect(log).toContain(`XRAY TraceId: ${root}\tSegmentId: ${parent}\tSampled: true\t\n`);
  const found = await documents();
  const service = found.find(({ origin }) => origin === "AWS::Lambda");
  const code = found.find(({ origin }) => origin === "AWS::Lambda::Function");
  const arn = expect.stringMatching(/:function:hello$/);
  expect(found.length).toBe(2);
  expect(service).toMatchObject({
    name: "hello",
    trace_id: root,
    http: { response: { status: 200 } },
    resource_arn: arn,
  });
  expect(service).not.toHaveProperty("parent_id");
  expect(code).toMatchObject({
    ...{ id: parent, parent_id: service.id, name: "hello", aws: { function_arn: arn, resource_names: ["hello"] } },
    subsegments: [{ name: "Initialization" }, { name: "Invocation" }],
  });
  expect(code).not.toHaveProperty("fault");
});

test("what its code sends is taken as its role, and put below the function", async () => {
  await createHello(cloud.lambda, SENDS, { TracingConfig });
  await invoke();
  const found = await documents();
  const code = found.find(({ origin }) => origin === "AWS::Lambda::Function");
  expect(code.subsegments).toContainEqual(expect.objectContaining({ name: "DynamoDB", annotations: { kind: "fact" } }));
  expect(found).toContainEqual(expect.objectContaining({ inferred: true, origin: "AWS::DynamoDB::Table" }));
});

test("a failure is a fault with its cause", async () => {
  await createHello(cloud.lambda, "export const handler = () => { throw new TypeError('no') }", { TracingConfig });
  await invoke();
  expect(await summaries()).toMatchObject([{ HasFault: true }]);
  const code = (await documents()).find(({ origin }) => origin === "AWS::Lambda::Function");
  expect(code).toMatchObject({ fault: true, cause: { exceptions: [{ type: "TypeError", message: "no" }] } });
});

test("a header's decision holds for every function, and its parent is the service's", async () => {
  await createHello(cloud.lambda, HEADER);
  const root = `Root=1-${Math.floor(cloud.clock.now() / 1000).toString(16)}-${"a".repeat(24)}`;
  expect((await invoke()).said).toContain(";Sampled=0;");
  expect((await invoke(`${root};Parent=00000000000000ff;Sampled=0`)).said).toContain(";Sampled=0;");
  expect(await summaries()).toEqual([]);
  expect((await invoke(`${root};Parent=00000000000000ff;Sampled=1`)).said).toContain(";Sampled=1;");
  const service = (await documents()).find(({ origin }) => origin === "AWS::Lambda");
  expect(service).toMatchObject({ parent_id: "00000000000000ff" });
});

test("of what nobody has decided about, one invocation each second is traced, and some of the others", async () => {
  await createHello(cloud.lambda, HEADER, { TracingConfig });
  await invoke();
  for (let number = 0; number < 10; number += 1) await invoke();
  const within = (await summaries()).length;
  expect(within).toBeLessThan(6);
  cloud.clock.advance(1000);
  await invoke();
  expect((await summaries()).length).toBe(within + 1);
});

test("a throttled invocation has the service's segment alone", async () => {
  await createHello(cloud.lambda, HEADER, { TracingConfig });
  const none = { FunctionName: "hello", ReservedConcurrentExecutions: 0 };
  await cloud.lambda.send(new PutFunctionConcurrencyCommand(none));
  expect(await refusal(invoke())).toMatch(/^TooManyRequestsException: /);
  await cloud.tasks.idle();
  expect(await documents()).toMatchObject([
    { origin: "AWS::Lambda", throttle: true, http: { response: { status: 429 } } },
  ]);
});

test("a role that may not send is told before the function is traced, and what it sends later is lost", async () => {
  await allowHello(cloud, "sqs:SendMessage");
  const refused =
    "InvalidParameterValueException: The provided execution role does not have permissions to call PutTraceSegments on XRAY";
  expect(await refusal(createHello(cloud.lambda, HEADER, { TracingConfig }))).toBe(refused);
  await createHello(cloud.lambda, HEADER);
  const activate = () =>
    cloud.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: "hello", TracingConfig }));
  expect(await refusal(activate())).toBe(refused);
  await allowHello(cloud, "xray:PutTraceSegments");
  await activate();
  updated(cloud);
  await allowHello(cloud, "sqs:SendMessage");
  expect((await invoke()).said).toContain(";Sampled=1;");
  expect(await summaries()).toEqual([]);
});
