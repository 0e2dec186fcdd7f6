import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { refusal } from "../../../../test/refusal.ts";
import { ROLE_ARN, statesCloud } from "../testStates.ts";

const pass = (more: object) => ({ StartAt: "A", States: { A: { Type: "Pass", End: true, ...more } } });

/** A turn for what bells and clocks have woken. */
const turns = () => new Promise((resolve) => setImmediate(resolve));

describe("executions", () => {
  test("have AWS's shape, and a history of its types and order", async () => {
    await using made = await statesCloud();
    const { arn, status, output } = await made.run(pass({ Result: { b: 1 }, ResultPath: "$.r" }), { a: 0 });
    expect({ status, output }).toEqual({ status: "SUCCEEDED", output: { a: 0, r: { b: 1 } } });
    expect(arn).toBe("arn:aws:states:us-east-1:123456789012:execution:machine1:run");
    const { events } = await made.client.send(new GetExecutionHistoryCommand({ executionArn: arn }));
    expect(events?.map(({ type, id, previousEventId }) => [type, id, previousEventId])).toEqual([
      ["ExecutionStarted", 1, 0],
      ["PassStateEntered", 2, 0],
      ["PassStateExited", 3, 2],
      ["ExecutionSucceeded", 4, 3],
    ]);
    expect(events?.[1]?.stateEnteredEventDetails).toMatchObject({ name: "A", input: '{"a":0}' });
    expect(events?.[3]?.executionSucceededEventDetails?.output).toBe('{"a":0,"r":{"b":1}}');
  });

  test("are refused by AWS's names", async () => {
    await using made = await statesCloud();
    const { client } = made;
    const stateMachineArn = await made.create({ StartAt: "A", States: { A: { Type: "Wait", Seconds: 9, End: true } } });
    const start = (input: string) => client.send(new StartExecutionCommand({ stateMachineArn, name: "n", input }));
    const first = await start("{}");
    expect((await start("{}")).executionArn).toBe(first.executionArn);
    await expect(start('{"other":1}')).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
    await expect(start("{")).rejects.toMatchObject({ name: "InvalidExecutionInput" });
    await expect(
      client.send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}x` })),
    ).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
    await expect(client.send(new StartSyncExecutionCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: "StateMachineTypeNotSupported",
    });
    await expect(made.describe(`${first.executionArn}x`)).rejects.toMatchObject({ name: "ExecutionDoesNotExist" });
    await client.send(new StopExecutionCommand({ executionArn: first.executionArn, error: "E", cause: "C" }));
    await made.cloud.tasks.idle();
    expect(await made.describe(first.executionArn ?? "")).toMatchObject({ status: "ABORTED", error: "E", cause: "C" });
    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: "ABORTED" }));
    expect(executions).toHaveLength(1);
    expect(await made.types(first.executionArn ?? "")).toEqual([
      "ExecutionStarted",
      "WaitStateEntered",
      "ExecutionAborted",
    ]);
  });

  test("wait in the cloud's time", async () => {
    await using made = await statesCloud();
    const arn = await made.start({ StartAt: "W", States: { W: { Type: "Wait", Seconds: 3600, End: true } } });
    for (let turn = 0; turn < 20; turn++) await turns();
    expect((await made.describe(arn)).status).toBe("RUNNING");
    made.cloud.clock.advance(3_600_000);
    await made.cloud.tasks.idle();
    expect((await made.describe(arn)).status).toBe("SUCCEEDED");
  });

  test("run branches and items, and fail with the first that fails", async () => {
    await using made = await statesCloud();
    const square = {
      StartAt: "S",
      States: { S: { Type: "Pass", Parameters: { "v.$": "States.MathAdd($, 1)" }, End: true } },
    };
    const definition = {
      StartAt: "M",
      States: {
        M: { Type: "Map", ItemsPath: "$.xs", ItemProcessor: square, MaxConcurrency: 1, ResultPath: "$.ys", Next: "P" },
        P: {
          Type: "Parallel",
          Branches: [
            { StartAt: "B", States: { B: { Type: "Pass", OutputPath: "$.ys[0].v", End: true } } },
            { StartAt: "F", States: { F: { Type: "Fail", Error: "Boom", Cause: "no" } } },
          ],
          Catch: [{ ErrorEquals: ["Boom"], ResultPath: "$.error", Next: "E" }],
          End: true,
        },
        E: { Type: "Succeed" },
      },
    };
    const { arn, output, status } = await made.run(definition, { xs: [1, 2] });
    expect({ status, output }).toEqual({
      status: "SUCCEEDED",
      output: { xs: [1, 2], ys: [{ v: 2 }, { v: 3 }], error: { Error: "Boom", Cause: "no" } },
    });
    const types = await made.types(arn);
    expect(types.slice(1, 8)).toEqual([
      "MapStateEntered",
      "MapStateStarted",
      "MapIterationStarted",
      "PassStateEntered",
      "PassStateExited",
      "MapIterationSucceeded",
      "MapIterationStarted",
    ]);
    expect(types).toContain("ParallelStateFailed");
  });

  test("speak JSONata, with variables", async () => {
    await using made = await statesCloud();
    const definition = {
      QueryLanguage: "JSONata",
      StartAt: "A",
      States: {
        A: { Type: "Pass", Assign: { n: "{% $states.input.xs ~> $sum() %}" }, Next: "C" },
        C: { Type: "Choice", Choices: [{ Condition: "{% $n > 2 %}", Next: "Yes" }], Default: "No" },
        Yes: { Type: "Pass", Output: { n: "{% $n %}", list: "{% $states.input.xs[$ > 1] %}" }, End: true },
        No: { Type: "Fail", Error: "{% 'E' & $string($n) %}" },
      },
    };
    expect(await made.run(definition, { xs: [1, 2, 3] })).toMatchObject({ output: { n: 6, list: [2, 3] } });
    expect(await made.run(definition, { xs: [1] })).toMatchObject({ status: "FAILED", error: "E1" });
    const bad = { QueryLanguage: "JSONata", ...pass({ Output: "{% $nothing.at.all %}" }) };
    expect(await made.run(bad)).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
  });

  test("tell AWS's causes when data is not where a path says", async () => {
    await using made = await statesCloud();
    const choice = {
      StartAt: "C",
      States: {
        C: { Type: "Choice", Choices: [{ Variable: "$.x", NumericEquals: 1, Next: "S" }] },
        S: { Type: "Succeed" },
      },
    };
    expect(await made.run(choice)).toMatchObject({
      error: "States.Runtime",
      cause:
        "An error occurred while executing the state 'C' (entered at the event id #2). Invalid path '$.x': The choice state's condition path references an invalid value.",
    });
    expect(await made.run(choice, { x: 2 })).toMatchObject({ error: "States.NoChoiceMatched" });
  });

  test("retry with a growing delay, and are redriven from where they failed", async () => {
    await using made = await statesCloud();
    const definition = {
      StartAt: "First",
      States: {
        First: { Type: "Pass", Next: "Send" },
        Send: {
          Type: "Task",
          Resource: "arn:aws:states:::sqs:sendMessage",
          Parameters: { QueueUrl: "http://127.0.0.1:4566/123456789012/later", "MessageBody.$": "$" },
          Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 2, MaxAttempts: 1 }],
          End: true,
        },
      },
    };
    const arn = await made.start(definition, { a: 1 });
    while ((await made.types(arn)).at(-1) !== "TaskFailed") await turns();
    made.cloud.clock.advance(2000);
    await made.cloud.tasks.idle();
    expect(await made.describe(arn)).toMatchObject({ status: "FAILED", error: expect.stringMatching(/^SQS\./) });
    expect((await made.types(arn)).filter((type) => type === "TaskScheduled")).toHaveLength(2);
    const sqs = made.cloud.client(SQSClient);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "later" }));
    await made.client.send(new RedriveExecutionCommand({ executionArn: arn }));
    await made.cloud.tasks.idle();
    expect(await made.describe(arn)).toMatchObject({ status: "SUCCEEDED", redriveCount: 1 });
    expect((await made.types(arn)).filter((type) => type === "PassStateEntered")).toHaveLength(1);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.[0]?.Body).toBe('{"a":1}');
    await expect(made.client.send(new RedriveExecutionCommand({ executionArn: arn }))).rejects.toMatchObject({
      name: "ExecutionNotRedrivable",
    });
  });

  test("of express machines answer at once, and are not found afterwards", async () => {
    await using made = await statesCloud();
    const stateMachineArn = await made.create(pass({ Result: 7 }), "EXPRESS");
    const answer = await made.client.send(new StartSyncExecutionCommand({ stateMachineArn, name: "n" }));
    expect(answer).toMatchObject({ status: "SUCCEEDED", output: "7", name: "n" });
    await expect(made.describe(answer.executionArn ?? "")).rejects.toMatchObject({
      name: "InvalidArn",
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    });
  });
});

describe("tasks that others end", () => {
  const activity = "arn:aws:states:us-east-1:123456789012:activity:work";
  const task = { StartAt: "T", States: { T: { Type: "Task", Resource: activity, TimeoutSeconds: 60, End: true } } };

  test("are given to workers, who succeed or fail", async () => {
    await using made = await statesCloud();
    const { client } = made;
    await client.send(new CreateActivityCommand({ name: "work" }));
    const arn = await made.start(task, { n: 1 });
    const take = new GetActivityTaskCommand({ activityArn: activity, workerName: "w" });
    const { taskToken, input } = await client.send(take);
    expect(input).toBe('{"n":1}');
    await client.send(new SendTaskSuccessCommand({ taskToken, output: "[1]" }));
    await made.cloud.tasks.idle();
    expect(await made.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: "[1]" });
    expect((await made.types(arn)).slice(2, 5)).toEqual(["ActivityScheduled", "ActivityStarted", "ActivitySucceeded"]);
    await expect(client.send(new SendTaskFailureCommand({ taskToken }))).rejects.toMatchObject({
      name: "TaskTimedOut",
    });
  });

  test("time out in the cloud's time", async () => {
    await using made = await statesCloud();
    await made.client.send(new CreateActivityCommand({ name: "work" }));
    const arn = await made.start(task);
    while (!(await made.types(arn)).includes("ActivityScheduled")) await turns();
    await turns();
    made.cloud.clock.advance(60_000);
    await made.cloud.tasks.idle();
    expect(await made.describe(arn)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
  });
});

describe("definitions", () => {
  const refused = async (definition: object) => {
    await using made = await statesCloud();
    const command = { name: "m", roleArn: ROLE_ARN, definition: JSON.stringify(definition) };
    return await refusal(made.client.send(new CreateStateMachineCommand(command)));
  };

  test("are refused with AWS's messages", async () => {
    expect(await refused({ StartAt: "A", States: { A: { Type: "Pass", Next: "B" } } })).toBe(
      "InvalidDefinition: Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next'",
    );
    expect(await refused({ StartAt: "A", States: { A: { Type: "Task", Resource: "x", End: true } } })).toContain(
      "SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/A/Resource",
    );
    expect(await refused({ States: {} })).toContain("InvalidDefinition");
    expect(
      await refused({
        StartAt: "A",
        States: { A: { Type: "Task", Resource: "arn:aws:states:::glue:startJobRun", End: true } },
      }),
    ).toContain("NotImplemented");
  });
});
