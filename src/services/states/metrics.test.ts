import { IAMClient } from "@aws-sdk/client-iam";
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { testCloud } from "../../../test/harness.ts";
import { metricsOf } from "../../../test/metricsOf.ts";
import { serviceRole } from "../../../test/serviceRole.ts";

test("executions are counted by how they end", async () => {
  await using cloud = await testCloud();
  const states = cloud.client(SFNClient);
  const roleArn = await serviceRole(cloud.client(IAMClient), "machine", "states");
  const definition = JSON.stringify({
    StartAt: "Choose",
    States: {
      Choose: {
        Type: "Choice",
        Choices: [
          { Variable: "$.end", StringEquals: "fail", Next: "Fail" },
          { Variable: "$.end", StringEquals: "wait", Next: "Wait" },
        ],
        Default: "Done",
      },
      Fail: { Type: "Fail", Error: "No" },
      Wait: { Type: "Wait", Seconds: 30, Next: "Done" },
      Done: { Type: "Succeed" },
    },
  });
  const { stateMachineArn = "" } = await states.send(
    new CreateStateMachineCommand({ name: "machine", definition, roleArn }),
  );
  const start = (end: string) =>
    states.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify({ end }) }));
  await start("well");
  await start("fail");
  await cloud.tasks.idle();
  const { executionArn } = await start("wait");
  cloud.clock.advance(2_000);
  await states.send(new StopExecutionCommand({ executionArn }));
  await cloud.tasks.idle();
  expect(await metricsOf(cloud, "AWS/States", "StateMachineArn", stateMachineArn)).toEqual({
    ExecutionsStarted: 3,
    ExecutionsSucceeded: 1,
    ExecutionsFailed: 1,
    ExecutionsAborted: 1,
    ExecutionTime: 2_000,
  });
});
