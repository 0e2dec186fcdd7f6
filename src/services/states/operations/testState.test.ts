import { TestStateCommand, type TestStateCommandInput } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { ROLE_ARN, statesCloud } from "../testStates.ts";

const LAMBDA = "arn:aws:states:::lambda:invoke";
const taskOf = (more: object = {}) => ({
  Type: "Task",
  Resource: LAMBDA,
  Parameters: { FunctionName: "f" },
  End: true,
  ...more,
});

const trier = async () => {
  const made = await statesCloud();
  const tried = (state: object, input: unknown = {}, more: Partial<TestStateCommandInput> = {}) =>
    made.client.send(
      new TestStateCommand({
        definition: JSON.stringify(state),
        input: JSON.stringify(input),
        inspectionLevel: "DEBUG",
        ...more,
      }),
    );
  return { ...made, tried, [Symbol.asyncDispose]: () => made[Symbol.asyncDispose]() };
};

describe("TestState", () => {
  test("runs a state and tells its data on the way", async () => {
    await using made = await trier();
    const state = { Type: "Pass", InputPath: "$.a", Parameters: { "b.$": "$.x" }, ResultPath: "$.r", Next: "Other" };
    const answer = await made.tried(state, { a: { x: 1 } });
    expect(answer).toMatchObject({ status: "SUCCEEDED", nextState: "Other", output: '{"a":{"x":1},"r":{"b":1}}' });
    expect(answer.inspectionData).toEqual({
      input: '{"a":{"x":1}}',
      afterInputPath: '{"x":1}',
      afterParameters: '{"b":1}',
      afterResultSelector: '{"b":1}',
      afterResultPath: '{"a":{"x":1},"r":{"b":1}}',
    });
    const info = await made.tried(state, { a: { x: 1 } }, { inspectionLevel: "INFO" });
    expect(info.inspectionData).toBeUndefined();
  });

  test("takes a branch, and fails as the state says", async () => {
    await using made = await trier();
    const choice = {
      Type: "Choice",
      Choices: [{ Variable: "$.n", NumericGreaterThan: 1, Next: "Many" }],
      Default: "Few",
    };
    expect(await made.tried(choice, { n: 2 })).toMatchObject({ status: "SUCCEEDED", nextState: "Many" });
    expect(await made.tried({ Type: "Fail", Error: "E", Cause: "C" })).toMatchObject({
      status: "FAILED",
      error: "E",
      cause: "C",
    });
    expect(await made.tried({ Type: "Pass", InputPath: "$.none", End: true })).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
      inspectionData: { input: "{}" },
    });
  });

  test("calls the service of a task under the role that is given", async () => {
    await using made = await trier();
    const sqs = made.cloud.client(SQSClient);
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
    const send = {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage",
      Parameters: { QueueUrl, "MessageBody.$": "$.text" },
      ResultSelector: { "id.$": "$.MessageId" },
      End: true,
    };
    expect(await refusal(made.tried(send, { text: "hi" }))).toBe(
      "ValidationException: RoleArn must be specified when testing a Task state",
    );
    const answer = await made.tried(send, { text: "hi" }, { roleArn: ROLE_ARN });
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(answer.output ?? "")).toEqual({ id: Messages?.[0]?.MessageId });
    expect(Messages?.[0]?.Body).toBe("hi");
  });

  test("puts a mock in the place of what a state does", async () => {
    await using made = await trier();
    const mock = { result: '{"Payload":{"ok":true}}' };
    const answer = await made.tried(taskOf({ ResultSelector: { "ok.$": "$.Payload.ok" } }), { a: 1 }, { mock });
    expect(answer).toMatchObject({ status: "SUCCEEDED", output: '{"ok":true}' });
    expect(answer.inspectionData).toMatchObject({
      afterParameters: '{"FunctionName":"f"}',
      result: '{"Payload":{"ok":true}}',
      afterResultPath: '{"ok":true}',
    });
    const map = {
      Type: "Map",
      ItemsPath: "$.list",
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "A",
        States: { A: { Type: "Succeed" } },
      },
      End: true,
    };
    const failing = (mapIterationFailureCount: number) =>
      made.tried(
        map,
        { list: [1, 2] },
        { mock: { result: "[3,4]" }, stateConfiguration: { mapIterationFailureCount } },
      );
    expect(await failing(1)).toMatchObject({
      status: "SUCCEEDED",
      output: "[3,4]",
      inspectionData: { afterItemsPath: "[1,2]", maxConcurrency: 0, toleratedFailureCount: 1 },
    });
    expect(await failing(2)).toMatchObject({ status: "FAILED", error: "States.ExceedToleratedFailureThreshold" });
    expect(await made.tried(map, { list: 1 }, { mock: { result: "[3, 4]" } })).toMatchObject({
      status: "FAILED",
      cause: 'Reference path "$.list" must point to array.',
    });
    const spaced = await made.tried(taskOf(), {}, { input: '["a", 1]', mock: { result: "[3, 4]" } });
    expect(spaced).toMatchObject({ output: "[3, 4]", inspectionData: { input: '["a", 1]', result: "[3, 4]" } });
  });

  test("tells which retrier or catcher takes up a failure", async () => {
    await using made = await trier();
    const state = taskOf({
      Retry: [{ ErrorEquals: ["Flaky"], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
      Catch: [
        { ErrorEquals: ["Other"], Next: "A" },
        { ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "B" },
      ],
    });
    const failing = (error: string, retrierRetryCount = 0) =>
      made.tried(
        state,
        {},
        { mock: { errorOutput: { error, cause: "c" } }, stateConfiguration: { retrierRetryCount } },
      );
    expect(await failing("Flaky", 2)).toMatchObject({
      status: "RETRIABLE",
      error: "Flaky",
      inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 8 } },
    });
    expect(await failing("Flaky", 3)).toMatchObject({
      status: "CAUGHT_ERROR",
      nextState: "B",
      output: '{"error":{"Error":"Flaky","Cause":"c"}}',
      inspectionData: { errorDetails: { retryIndex: 0, catchIndex: 1 } },
    });
  });

  test("takes a state out of a machine, with variables and a context", async () => {
    await using made = await trier();
    const machine = {
      StartAt: "P",
      QueryLanguage: "JSONata",
      States: {
        P: {
          Type: "Parallel",
          Branches: [
            {
              StartAt: "Inner",
              States: {
                Inner: {
                  Type: "Pass",
                  Output: "{% [$seen, $states.context.Execution.Name] %}",
                  Assign: { seen: 2 },
                  End: true,
                },
              },
            },
          ],
          End: true,
        },
      },
    };
    const more = { stateName: "Inner", variables: '{"seen":1}', context: '{"Execution":{"Name":"run"}}' };
    expect(await made.tried(machine, {}, more)).toMatchObject({
      output: '[1,"run"]',
      inspectionData: { input: "{}", variables: '{"seen":2}' },
    });
    expect(await refusal(made.tried(machine, {}, { stateName: "None" }))).toBe(
      "ValidationException: State not found in definition",
    );
  });

  test.each<[object, Partial<TestStateCommandInput>, string]>([
    [
      { Type: "Pass", End: true },
      { mock: { result: "{}" } },
      "ValidationException: State type 'Pass' is not supported when a mock is specified",
    ],
    [taskOf(), { mock: { result: "no" } }, "ValidationException: Mocked result must be valid JSON"],
    [
      taskOf(),
      { mock: { result: "1", errorOutput: { error: "E" } } },
      "ValidationException: A test mock should have only one of the following fields: [result, errorOutput].",
    ],
    [
      taskOf(),
      { mock: { result: "1" }, revealSecrets: true },
      "ValidationException: TestState does not support RevealSecrets when a mock is specified.",
    ],
    [
      taskOf(),
      { stateConfiguration: { mapIterationFailureCount: 1 } },
      "ValidationException: TestState does not support MapIterationFailureCount when a mock is not specified.",
    ],
    [
      taskOf(),
      { mock: { result: "1" }, context: '{"Task":{"Token":"t"}}' },
      "ValidationException: Invalid Context object provided: Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    ],
    [
      taskOf(),
      { mock: { result: "1" }, context: '{"Execution":{"Id":1}}' },
      "ValidationException: Invalid Context object provided: Execution.Id must be a string",
    ],
    [
      taskOf(),
      { mock: { result: "1" }, context: '{"Pokedex":1}' },
      "ValidationException: Invalid Context object provided: Field 'Pokedex' is not allowed",
    ],
    [
      { Type: "Map", ItemProcessor: { StartAt: "A", States: { A: { Type: "Succeed" } } }, End: true },
      {},
      "InvalidDefinition: TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
    ],
    [
      { Type: "Parallel", Branches: [{ StartAt: "A", States: { A: { Type: "Succeed" } } }], End: true },
      { mock: { result: "[1,2]" } },
      "ValidationException: Mocked result must contain the same number of items as number of Parallel branches.",
    ],
  ])("refuses %j with %j", async (state, more, expected) => {
    await using made = await trier();
    expect(await refusal(made.tried(state, {}, more))).toBe(expected);
  });
});
