import { IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { StartExecutionCommand, StartSyncExecutionCommand, UpdateStateMachineCommand } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { BatchGetTracesCommand, GetTraceSummariesCommand, XRayClient } from "@aws-sdk/client-xray";
import { afterEach, beforeEach, expect, test } from "vitest";
import { statesCloud } from "../testStates.ts";

let states: Awaited<ReturnType<typeof statesCloud>>;
beforeEach(async () => {
  states = await statesCloud();
});
afterEach(() => states[Symbol.asyncDispose]());

const PASS = { StartAt: "Only", States: { Only: { Type: "Pass", End: true } } };

/** Makes a machine with tracing, or without. */
const machineOf = async (definition: object, enabled = true, type: "STANDARD" | "EXPRESS" = "STANDARD") => {
  const stateMachineArn = await states.create(definition, type);
  const tracingConfiguration = { enabled };
  await states.client.send(new UpdateStateMachineCommand({ stateMachineArn, tracingConfiguration }));
  return stateMachineArn;
};

const start = async (stateMachineArn: string, traceHeader?: string) => {
  await states.client.send(new StartExecutionCommand({ stateMachineArn, ...(traceHeader ? { traceHeader } : {}) }));
  await states.cloud.tasks.idle();
};

interface Segment {
  readonly id: string;
  readonly trace_id: string;
  readonly name: string;
  readonly subsegments: readonly Segment[];
}

/** The segments of all traces there are, by name. */
const documents = async (): Promise<Readonly<Record<string, Segment>>> => {
  const xray = states.cloud.client(XRayClient);
  const now = states.cloud.clock.now();
  const range = { StartTime: new Date(now - 60_000), EndTime: new Date(now + 60_000) };
  const { TraceSummaries = [] } = await xray.send(new GetTraceSummariesCommand(range));
  const TraceIds = TraceSummaries.map(({ Id = "" }) => Id);
  if (TraceIds.length === 0) return {};
  const { Traces = [] } = await xray.send(new BatchGetTracesCommand({ TraceIds }));
  const segments = Traces.flatMap(({ Segments = [] }) => Segments.map(({ Document = "" }) => JSON.parse(Document)));
  return Object.fromEntries(segments.map((segment) => [segment.name, segment]));
};

const traceOf = (decision: string) =>
  `Root=1-${Math.floor(states.cloud.clock.now() / 1000).toString(16)}-${"a".repeat(24)};Parent=00000000000000ff${decision}`;

test("a traced machine's execution has a segment, its states stand in it, and what they call is seen", async () => {
  const sqs = states.cloud.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders" }));
  const send = { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage", End: true };
  await start(
    await machineOf({
      StartAt: "Both",
      States: {
        Both: {
          Type: "Parallel",
          Branches: [
            PASS,
            { StartAt: "Send", States: { Send: { ...send, Parameters: { QueueUrl, MessageBody: "tea" } } } },
          ],
          Next: "Last",
        },
        Last: { Type: "Pass", End: true },
      },
    }),
  );
  const { machine1: machine, orders, SQS, ...others } = await documents();
  expect(machine).toMatchObject({
    origin: "AWS::StepFunctions::StateMachine",
    resource_arn: expect.stringMatching(/:stateMachine:machine1$/),
    aws: { execution_arn: expect.stringMatching(/:execution:machine1:/) },
    subsegments: [{ name: "Both" }, { name: "Last" }],
  });
  expect(machine).not.toHaveProperty("fault");
  const [both] = machine?.subsegments ?? [];
  expect(both?.subsegments.map(({ name }) => name).sort()).toEqual(["Only", "Send"]);
  const call = both?.subsegments.find(({ name }) => name === "Send")?.subsegments[0];
  expect(call).toMatchObject({ name: "SQS", namespace: "aws", aws: { operation: "SendMessage", queue_url: QueueUrl } });
  expect(orders ?? SQS).toMatchObject({ inferred: true, origin: "AWS::SQS::Queue", parent_id: call?.id });
  expect(others).toEqual({});
  const asked = { QueueUrl, MessageSystemAttributeNames: ["AWSTraceHeader" as const] };
  const { Messages } = await sqs.send(new ReceiveMessageCommand(asked));
  expect(Messages?.[0]?.Attributes?.AWSTraceHeader).toBe(`Root=${machine?.trace_id};Parent=${machine?.id};Sampled=1`);
});

test("a failure is a fault with its cause, where it happened and of all of it", async () => {
  const parameters = { QueueUrl: "http://sqs.us-east-1.localhost/000000000000/nothing", MessageBody: "tea" };
  const send = { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage", Parameters: parameters, End: true };
  await start(await machineOf({ StartAt: "Send", States: { Send: send } }));
  const { machine1: machine } = await documents();
  const exceptions = [{ type: expect.stringMatching(/Queue/), message: expect.any(String) }];
  expect(machine).toMatchObject({ fault: true, cause: { exceptions } });
  expect(machine?.subsegments).toMatchObject([
    { name: "Send", fault: true, subsegments: [{ name: "SQS", fault: true, cause: { exceptions } }] },
  ]);
});

test("a trace that is passed decides, also for a machine without tracing; without one there is none", async () => {
  const untraced = await machineOf(PASS, false);
  await start(untraced);
  await start(untraced, traceOf(";Sampled=0"));
  expect(await documents()).toEqual({});
  await start(untraced, traceOf(";Sampled=1"));
  expect(await documents()).toMatchObject({ machine1: { parent_id: "00000000000000ff" } });
});

test("a trace that is passed without a decision is decided about by the rules", async () => {
  await start(await machineOf(PASS, false), traceOf(""));
  expect(await documents()).toHaveProperty("machine1");
});

test("an express machine that is waited for is told of, too", async () => {
  const stateMachineArn = await machineOf(PASS, true, "EXPRESS");
  await states.client.send(new StartSyncExecutionCommand({ stateMachineArn }));
  await states.cloud.tasks.idle();
  expect(await documents()).toMatchObject({ machine1: { subsegments: [{ name: "Only" }] } });
});

test("what the machine's role may not send is lost", async () => {
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Action: "xray:PutTraceSegments", Resource: "*" }],
  });
  const denied = { RoleName: "machine", PolicyName: "untraced", PolicyDocument };
  await states.cloud.client(IAMClient).send(new PutRolePolicyCommand(denied));
  await start(await machineOf(PASS));
  expect(await documents()).toEqual({});
});
