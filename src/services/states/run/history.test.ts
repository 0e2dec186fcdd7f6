import { GetExecutionHistoryCommand, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { statesCloud } from "../testStates.ts";

/** Moves the clock on until an execution has ended. */
const ended = async ({ cloud, describe }: Awaited<ReturnType<typeof statesCloud>>, arn: string) => {
  while ((await describe(arn)).status === "RUNNING") {
    cloud.clock.advance(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return describe(arn);
};

const only = (state: object) => ({ StartAt: "S", States: { S: { End: true, ...state } } });

const passing = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };

test("the input is shown as it was given", async () => {
  await using made = await statesCloud();
  const input = '[1, 2,  {"a": 3}]';
  const stateMachineArn = await made.create(only({ Type: "Pass" }));
  const { executionArn = "" } = await made.client.send(new StartExecutionCommand({ stateMachineArn, input }));
  await made.cloud.tasks.idle();
  expect((await made.describe(executionArn)).input).toBe(input);
  const { events } = await made.client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events?.[0]?.executionStartedEventDetails?.input).toBe(input);
});

test("a Fail state that names no error leaves none", async () => {
  await using made = await statesCloud();
  const { status, error, cause } = await made.run({ StartAt: "S", States: { S: { Type: "Fail" } } });
  expect([status, error, cause]).toEqual(["FAILED", undefined, undefined]);
});

test("a Parallel state that is tried again says once that it failed", async () => {
  await using made = await statesCloud();
  const Branches = [{ StartAt: "B", States: { B: { Type: "Fail", Error: "E" } } }];
  const Retry = [{ ErrorEquals: ["E"], IntervalSeconds: 1, MaxAttempts: 1, BackoffRate: 1 }];
  const arn = await made.start(only({ Type: "Parallel", Branches, Retry }));
  await ended(made, arn);
  expect(await made.types(arn)).toEqual([
    "ExecutionStarted",
    "ParallelStateEntered",
    "ParallelStateStarted",
    "FailStateEntered",
    "ParallelStateStarted",
    "FailStateEntered",
    "ParallelStateFailed",
    "ExecutionFailed",
  ]);
});

test("Items that are no list fail as an expression does", async () => {
  await using made = await statesCloud();
  const map = (more: object) => ({
    ...only({ Type: "Map", ItemProcessor: passing, ...more }),
    QueryLanguage: "JSONata",
  });
  const { arn, error, cause } = await made.run(map({ Items: "{% 1 %}" }));
  expect([error, cause]).toEqual([
    "States.QueryEvaluationError",
    expect.stringContaining("Expected 'array', but was 'number' for value: 1"),
  ]);
  expect(await made.types(arn)).toEqual([
    "ExecutionStarted",
    "MapStateEntered",
    "EvaluationFailed",
    "MapStateFailed",
    "ExecutionFailed",
  ]);
  expect((await made.run(map({}), "text")).cause).toMatch('Map state input must be an array but was: "text"');
});

test("iterations that follow one another are linked by their last states", async () => {
  await using made = await statesCloud();
  const { arn } = await made.run(only({ Type: "Map", MaxConcurrency: 1, ItemProcessor: passing }), [1, 2]);
  const { events = [] } = await made.client.send(new GetExecutionHistoryCommand({ executionArn: arn }));
  const before = (type: string) =>
    events
      .filter((event) => event.type === type)
      .map(({ previousEventId }) => events[(previousEventId ?? 0) - 1]?.type);
  expect(before("MapIterationStarted")).toEqual(["MapStateStarted", "PassStateExited"]);
  expect(before("MapStateSucceeded")).toEqual(["PassStateExited"]);
});

test.each([
  [{ SecondsPath: "$.s" }, { s: -1 }, "The SecondsPath parameter references a negative value: $.s == -1"],
  [{ SecondsPath: "$.s" }, { s: 1.5 }, "The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5"],
  [
    { TimestampPath: "$.t" },
    { t: "tomorrow" },
    "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.t == tomorrow",
  ],
])("%j of %j is refused", async (wait, input, message) => {
  await using made = await statesCloud();
  const { error, cause } = await made.run(only({ Type: "Wait", ...wait }), input);
  expect([error, cause]).toEqual(["States.Runtime", expect.stringContaining(message)]);
});

test.each([
  [{ Type: "Pass", InputPath: "$.a.b" }, "Invalid path '$.a.b' : No results for path: $['a']['b']"],
  [{ Type: "Pass", OutputPath: "$.a[0]" }, "Invalid path '$.a[0]' : No results for path: $['a'][0]"],
  [{ Type: "Wait", SecondsPath: "$.s" }, "Invalid path '$.s' : No results for path: $['s']"],
  [
    { Type: "Pass", Parameters: { "v.$": "$.a" } },
    "The JSONPath '$.a' specified for the field 'v.$' could not be found in the input '{}'",
  ],
])("a path of %j that leads nowhere", async (state, message) => {
  await using made = await statesCloud();
  const { error, cause } = await made.run(only(state));
  expect([error, cause]).toEqual(["States.Runtime", expect.stringContaining(message)]);
});

test("a Fail state's path that leads nowhere, and a time that is none", async () => {
  await using made = await statesCloud();
  const failing = { StartAt: "F", States: { F: { Type: "Fail", ErrorPath: "$.e" } } };
  expect((await made.run(failing)).cause).toMatch(
    "The JSONPath '$.e' specified for the field 'ErrorPath' could not be found in the input '{}'",
  );
  const waiting = { ...only({ Type: "Wait", Timestamp: "{% 'now' %}" }), QueryLanguage: "JSONata" };
  const { arn, error, cause } = await made.run(waiting);
  expect([error, cause]).toEqual([
    "States.QueryEvaluationError",
    expect.stringContaining(
      "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: now",
    ),
  ]);
  expect(await made.types(arn)).toContain("EvaluationFailed");
});

test("a heartbeat that is missed is told as a timeout, and caught by its own name", async () => {
  await using made = await statesCloud();
  const { QueueUrl } = await made.cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName: "q" }));
  const task = {
    Type: "Task",
    Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    Parameters: { QueueUrl, "MessageBody.$": "$$.Task.Token" },
    HeartbeatSeconds: 5,
  };
  const Catch = [{ ErrorEquals: ["States.HeartbeatTimeout"], Next: "Caught" }];
  const arn = await made.start({
    StartAt: "S",
    States: { S: { ...task, End: true, Catch }, Caught: { Type: "Pass", End: true } },
  });
  const { status, output } = await ended(made, arn);
  expect([status, JSON.parse(output ?? "{}")]).toEqual(["SUCCEEDED", { Error: "States.Timeout", Cause: "" }]);
});

test("what a service answers is told with how it came, and what it refuses by its client's names", async () => {
  await using made = await statesCloud();
  const { QueueUrl } = await made.cloud.client(SQSClient).send(new CreateQueueCommand({ QueueName: "q" }));
  const task = (Resource: string, Parameters: object) => only({ Type: "Task", Resource, Parameters });
  const sent = await made.run(task("arn:aws:states:::sqs:sendMessage", { QueueUrl, MessageBody: "x" }));
  expect(sent.output).toMatchObject({
    SdkHttpMetadata: { HttpStatusCode: 200, AllHttpHeaders: { "Content-Type": ["application/json"] } },
    SdkResponseMetadata: { RequestId: expect.any(String) },
  });
  const refusal = async (Resource: string, Parameters: object) => {
    const { error, cause } = await made.run(task(Resource, Parameters));
    return [error, cause];
  };
  const TableName = "none";
  const Item = { id: { S: "x" } };
  expect(await refusal("arn:aws:states:::dynamodb:putItem", { TableName, Item })).toEqual([
    "DynamoDB.ResourceNotFoundException",
    expect.stringMatching(
      /^Requested resource not found.* \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: [-0-9a-f]{36}; Proxy: null\)$/,
    ),
  ]);
  expect((await refusal("arn:aws:states:::dynamodb:putItem", { TableName: "/", Item }))[0]).toBe(
    "DynamoDB.AmazonDynamoDBException",
  );
  expect(await refusal("arn:aws:states:::aws-sdk:s3:getObject", { Bucket: "none-here", Key: "k" })).toEqual([
    "S3.NoSuchBucketException",
    expect.stringMatching(/\(Service: S3, Status Code: 404, Request ID: [-0-9a-f]{36}, Extended Request ID: \S+\)$/),
  ]);
  expect(await refusal("arn:aws:states:::aws-sdk:secretsmanager:getSecretValue", { SecretId: "a b" })).toEqual([
    "SecretsManager.SecretsManagerException",
    expect.stringMatching(/\(Service: SecretsManager, Status Code: 400, Request ID: [-0-9a-f]{36}\)$/),
  ]);
});
