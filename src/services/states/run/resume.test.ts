import { DescribeMapRunCommand, GetExecutionHistoryCommand, ListMapRunsCommand } from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { statesCloud } from "../testStates.ts";

test("an execution that a crash broke off goes on where it stood", async () => {
  await using made = await statesCloud();
  const wait = (name: string) => ({ StartAt: name, States: { [name]: { Type: "Wait", Seconds: 60, End: true } } });
  const arn = await made.start({
    StartAt: "First",
    States: {
      First: { Type: "Pass", Assign: { kept: "yes" }, Next: "Both" },
      Both: { Type: "Parallel", Branches: [wait("A"), wait("B")], Next: "Last" },
      Last: { Type: "Pass", Parameters: { "kept.$": "$kept" }, End: true },
    },
  });
  const types = async () => made.types(arn);
  while ((await types()).filter((type) => type === "WaitStateEntered").length < 2)
    await new Promise((resolve) => setImmediate(resolve));
  await made.cloud.tasks.interrupt("a crash");
  made.cloud.clock.advance(60_000);
  expect((await made.describe(arn)).status).toBe("RUNNING");
  await made.cloud.resume();
  await made.cloud.tasks.idle();
  expect(await made.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: '{"kept":"yes"}' });
  const { events = [] } = await made.client.send(new GetExecutionHistoryCommand({ executionArn: arn }));
  expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
  for (const [type, times] of [
    ["ExecutionStarted", 1],
    ["ParallelStateStarted", 1],
    ["WaitStateEntered", 2],
  ] as const)
    expect(events.filter((event) => event.type === type)).toHaveLength(times);
});

test("a distributed Map that a crash broke off goes on with the children it has", async () => {
  await using made = await statesCloud();
  const states = { W: { Type: "Wait", Seconds: 60, End: true } };
  const processor = {
    ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
    StartAt: "W",
    States: states,
  };
  const arn = await made.start(
    { StartAt: "M", States: { M: { Type: "Map", ItemProcessor: processor, End: true } } },
    [1, 2],
  );
  const mapRun = async () => {
    const { mapRuns } = await made.client.send(new ListMapRunsCommand({ executionArn: arn }));
    const mapRunArn = mapRuns?.[0]?.mapRunArn;
    return mapRunArn === undefined ? undefined : made.client.send(new DescribeMapRunCommand({ mapRunArn }));
  };
  while ((await mapRun())?.executionCounts?.running !== 2) await new Promise((resolve) => setImmediate(resolve));
  await made.cloud.tasks.interrupt("a crash");
  made.cloud.clock.advance(60_000);
  await made.cloud.resume();
  await made.cloud.tasks.idle();
  expect(await made.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: "[1,2]" });
  expect((await mapRun())?.executionCounts).toMatchObject({ total: 2, succeeded: 2, running: 0, pending: 0 });
});
