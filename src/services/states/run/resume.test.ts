import { GetExecutionHistoryCommand } from "@aws-sdk/client-sfn";
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
