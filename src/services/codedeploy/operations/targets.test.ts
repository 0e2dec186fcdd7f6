import {
  BatchGetDeploymentTargetsCommand,
  GetDeploymentTargetCommand,
  ListDeploymentTargetsCommand,
} from "@aws-sdk/client-codedeploy";
import { describe, expect, test } from "vitest";
import { report, setUp } from "../testDeployments.ts";

describe("shape", () => {
  test("a failed hook's event has its diagnostics, and what came after it was skipped", async () => {
    await using room = await setUp({ onInvoke: async () => "Unhandled" });
    const deploymentId = await room.deploy([{ BeforeAllowTraffic: "check" }]);
    await room.cloud.tasks.idle();
    const { deploymentTargets } = await room.client.send(
      new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: ["fn:live"] }),
    );
    expect(deploymentTargets?.[0]?.lambdaTarget).toMatchObject({
      status: "Failed",
      lambdaFunctionInfo: { functionName: "fn", functionAlias: "live", targetVersionWeight: 0 },
      lifecycleEvents: [
        {
          lifecycleEventName: "BeforeAllowTraffic",
          status: "Failed",
          diagnostics: { errorCode: "ScriptFailed", scriptName: "check", message: expect.stringContaining("boom") },
        },
        { lifecycleEventName: "AllowTraffic", status: "Skipped" },
        { lifecycleEventName: "AfterAllowTraffic", status: "Skipped" },
      ],
    });
  });
});

describe("behaviour", () => {
  test("a target is listed by its status, and found by its function's name as well", async () => {
    await using room = await setUp({ onInvoke: report("Succeeded") });
    const deploymentId = await room.deploy();
    await room.cloud.tasks.idle();
    const list = async (...TargetStatus: string[]) =>
      (await room.client.send(new ListDeploymentTargetsCommand({ deploymentId, targetFilters: { TargetStatus } })))
        .targetIds;
    expect([await list("Succeeded"), await list("Failed"), await list()]).toEqual([["fn:live"], [], ["fn:live"]]);
    const { deploymentTarget } = await room.client.send(
      new GetDeploymentTargetCommand({ deploymentId, targetId: "fn" }),
    );
    expect(deploymentTarget?.lambdaTarget?.targetId).toBe("fn:live");
  });
});

describe("refusals", () => {
  test("what is no target, and more than one", async () => {
    await using room = await setUp();
    const deploymentId = await room.deploy();
    await room.cloud.tasks.idle();
    const get = (...targetIds: string[]) =>
      room.client.send(new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds }));
    await expect(get("other")).rejects.toMatchObject({ name: "DeploymentTargetDoesNotExistException" });
    await expect(get()).rejects.toMatchObject({ name: "DeploymentTargetIdRequiredException" });
    await expect(get("fn:live", "fn:live")).rejects.toMatchObject({
      name: "DeploymentTargetListSizeExceededException",
    });
  });
});
