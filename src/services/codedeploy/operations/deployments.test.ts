import {
  CreateDeploymentCommand,
  CreateDeploymentConfigCommand,
  DeleteApplicationCommand,
  DeleteDeploymentGroupCommand,
  GetDeploymentGroupCommand,
  GetDeploymentTargetCommand,
  ListDeploymentConfigsCommand,
  ListDeploymentsCommand,
  StopDeploymentCommand,
  UpdateApplicationCommand,
  UpdateDeploymentGroupCommand,
} from "@aws-sdk/client-codedeploy";
import { describe, expect, test } from "vitest";
import type { DeploymentRecord } from "../records.ts";
import { appSpec, report, type Setup, settled, setUp } from "../testDeployments.ts";

const ROLLBACK = { enabled: true, events: ["DEPLOYMENT_FAILURE" as const, "DEPLOYMENT_STOP_ON_REQUEST" as const] };
const CANARY = { deploymentConfigName: "CodeDeployDefault.LambdaCanary10Percent5Minutes" };

describe("shifting", () => {
  test("all at once, and its events are announced", async () => {
    await using room = await setUp();
    const states: unknown[] = [];
    room.cloud.events.subscribe(({ source, detail }) => source === "aws.codedeploy" && states.push(detail["state"]));
    const id = await room.deploy();
    expect(id).toMatch(/^d-[A-Z0-9]{9}$/);
    await room.cloud.tasks.idle();
    expect(await room.info(id)).toMatchObject({ status: "Succeeded", creator: "user", computePlatform: "Lambda" });
    expect([room.shifts, states]).toEqual([["2"], ["START", "SUCCESS"]]);
    const { deploymentTarget } = await room.client.send(
      new GetDeploymentTargetCommand({ deploymentId: id, targetId: "fn:live" }),
    );
    expect(deploymentTarget?.lambdaTarget).toMatchObject({
      status: "Succeeded",
      lambdaFunctionInfo: { currentVersion: "1", targetVersion: "2", targetVersionWeight: 100 },
    });
    // AWS: an event without a function succeeds at once.
    expect(
      deploymentTarget?.lambdaTarget?.lifecycleEvents?.map(({ lifecycleEventName, status }) => [
        lifecycleEventName,
        status,
      ]),
    ).toEqual([
      ["BeforeAllowTraffic", "Succeeded"],
      ["AllowTraffic", "Succeeded"],
      ["AfterAllowTraffic", "Succeeded"],
    ]);
    expect(deploymentTarget?.lambdaTarget?.targetArn).toBe("arn:aws:lambda:us-east-1:123456789012:function:fn:live");
  });

  test("a canary waits for its interval on the cloud's clock", async () => {
    await using room = await setUp({ group: CANARY });
    const id = await room.deploy();
    await settled(() => room.shifts.length === 1);
    expect([room.shifts, (await room.info(id))?.status]).toEqual([["1+2@0.1"], "InProgress"]);
    await expect(room.deploy()).rejects.toMatchObject({ name: "DeploymentLimitExceededException" });
    room.cloud.clock.advance(5 * 60_000);
    await room.cloud.tasks.idle();
    expect([room.shifts, (await room.info(id))?.status]).toEqual([["1+2@0.1", "2"], "Succeeded"]);
  });

  test("ends when its group is deleted meanwhile", async () => {
    await using room = await setUp({ group: CANARY });
    const id = await room.deploy();
    await settled(() => room.shifts.length === 1);
    const group = { applicationName: "app", deploymentGroupName: "group" };
    await room.client.send(new DeleteDeploymentGroupCommand(group));
    await room.cloud.tasks.idle();
    expect(await room.info(id)).toMatchObject({
      status: "Failed",
      errorInformation: { code: "DEPLOYMENT_GROUP_MISSING", message: "The deployment group group is gone." },
    });
  });

  test("ends when its application is deleted meanwhile", async () => {
    await using room = await setUp({ group: CANARY });
    const id = await room.deploy();
    await settled(() => room.shifts.length === 1);
    await room.client.send(new DeleteApplicationCommand({ applicationName: "app" }));
    await room.cloud.tasks.idle();
    expect(await room.info(id)).toMatchObject({
      status: "Failed",
      errorInformation: { code: "APPLICATION_MISSING", message: "The application app is gone." },
    });
  });

  test("goes on when its group and its application are renamed, and is theirs under the new names", async () => {
    await using room = await setUp({ group: CANARY });
    const id = await room.deploy();
    await settled(() => room.shifts.length === 1);
    const names = { currentDeploymentGroupName: "group", newDeploymentGroupName: "fleet" };
    await room.client.send(new UpdateDeploymentGroupCommand({ applicationName: "app", ...names }));
    await room.client.send(new UpdateApplicationCommand({ applicationName: "app", newApplicationName: "new" }));
    const place = { applicationName: "new", deploymentGroupName: "fleet" };
    expect(await room.info(id)).toMatchObject({ ...place, status: "InProgress" });
    room.cloud.clock.advance(5 * 60_000);
    await room.cloud.tasks.idle();
    expect(await room.info(id)).toMatchObject({ ...place, status: "Succeeded" });
    const { deployments } = await room.client.send(new ListDeploymentsCommand(place));
    expect(deployments).toEqual([id]);
    const { deploymentGroupInfo } = await room.client.send(new GetDeploymentGroupCommand(place));
    expect(deploymentGroupInfo?.lastSuccessfulDeployment?.deploymentId).toBe(id);
  });

  test("a configuration of one's own moves in its steps", async () => {
    await using room = await setUp();
    await room.client.send(
      new CreateDeploymentConfigCommand({
        deploymentConfigName: "halves",
        computePlatform: "Lambda",
        trafficRoutingConfig: { type: "TimeBasedLinear", timeBasedLinear: { linearPercentage: 40, linearInterval: 1 } },
      }),
    );
    const { deploymentConfigsList } = await room.client.send(new ListDeploymentConfigsCommand({}));
    expect(deploymentConfigsList).toHaveLength(18);
    await room.client.send(
      new CreateDeploymentCommand({
        applicationName: "app",
        deploymentGroupName: "group",
        deploymentConfigName: "halves",
        revision: { revisionType: "AppSpecContent", appSpecContent: { content: appSpec([]) } },
      }),
    );
    for (const steps of [1, 2, 3]) {
      await settled(() => room.shifts.length === steps);
      room.cloud.clock.advance(60_000);
    }
    await room.cloud.tasks.idle();
    expect(room.shifts).toEqual(["1+2@0.4", "1+2@0.8", "2"]);
  });
});

describe("hooks", () => {
  test("traffic moves once the function before it has succeeded", async () => {
    await using room = await setUp({ onInvoke: report("Succeeded") });
    const id = await room.deploy([{ BeforeAllowTraffic: "check" }, { AfterAllowTraffic: "check" }]);
    await room.cloud.tasks.idle();
    expect([(await room.info(id))?.status, room.shifts]).toEqual(["Succeeded", ["2"]]);
  });

  test.each<[string, Setup["onInvoke"], string]>([
    ["reports Failed", report("Failed"), "it reported Failed"],
    ["crashes", async () => "Unhandled", "boom"],
  ])("no traffic moves when the function before it %s", async (_case, onInvoke, cause) => {
    await using room = await setUp({ ...(onInvoke ? { onInvoke } : {}) });
    const id = await room.deploy([{ BeforeAllowTraffic: "check" }]);
    await room.cloud.tasks.idle();
    expect(await room.info(id)).toMatchObject({
      status: "Failed",
      errorInformation: { code: "HOOK_EXECUTION_FAILURE", message: expect.stringContaining(cause) },
    });
    expect(room.shifts).toEqual([]);
  });

  test("a function that never reports fails the deployment after an hour", async () => {
    let called = false;
    const onInvoke = async () => {
      called = true;
      return undefined;
    };
    await using room = await setUp({ onInvoke });
    const id = await room.deploy([{ BeforeAllowTraffic: "check" }]);
    await settled(() => called);
    room.cloud.clock.advance(60 * 60_000);
    await room.cloud.tasks.idle();
    expect((await room.info(id))?.errorInformation?.message).toContain("no status within one hour");
  });

  test("a failure after the shift takes the traffic back", async () => {
    await using room = await setUp({
      onInvoke: report("Failed"),
      group: { autoRollbackConfiguration: ROLLBACK },
    });
    const id = await room.deploy([{ AfterAllowTraffic: "check" }]);
    await room.cloud.tasks.idle();
    const failed = await room.info(id);
    expect([failed?.status, room.shifts]).toEqual(["Failed", ["2", "1"]]);
    const rollback = await room.info(failed?.rollbackInfo?.rollbackDeploymentId ?? "");
    expect(rollback).toMatchObject({
      status: "Succeeded",
      creator: "codeDeployRollback",
      rollbackInfo: { rollbackTriggeringDeploymentId: id },
    });
  });
});

describe("stopping", () => {
  test.each([
    [true, ["1+2@0.1", "1"]],
    [false, ["1+2@0.1"]],
  ])("with rollback %s", async (autoRollbackEnabled, shifts) => {
    await using room = await setUp({ group: CANARY });
    const deploymentId = await room.deploy();
    await settled(() => room.shifts.length === 1);
    await room.client.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled }));
    await room.cloud.tasks.idle();
    expect(await room.info(deploymentId)).toMatchObject({
      status: "Stopped",
      errorInformation: { code: "MANUAL_STOP" },
    });
    expect(room.shifts).toEqual(shifts);
    await expect(room.client.send(new StopDeploymentCommand({ deploymentId }))).rejects.toMatchObject({
      name: "DeploymentAlreadyCompletedException",
    });
  });
});

describe("after a restart", () => {
  test("a deployment goes on from the step it had reached", async () => {
    await using room = await setUp({ group: CANARY });
    const id = await room.deploy();
    await settled(() => room.shifts.length === 1);
    room.cloud.clock.advance(5 * 60_000);
    await room.cloud.tasks.idle();
    // The record as a crash in the middle of the canary would have left it.
    const deployments = room.cloud.records
      .scope("codedeploy/123456789012/us-east-1")
      .collection<DeploymentRecord>("deployments");
    const { completedAt: _completedAt, ...ended } = deployments.get(id) as DeploymentRecord;
    const events = ended.events.map((event) =>
      event.name === "AllowTraffic" ? { ...event, status: "InProgress" as const } : event,
    );
    deployments.put(id, { ...ended, status: "InProgress", weight: 10, events });
    (await room.cloud.rooms.open("codedeploy", "123456789012", "us-east-1"))?.room.resume();
    await room.cloud.tasks.idle();
    expect([room.shifts, (await room.info(id))?.status]).toEqual([["1+2@0.1", "2", "2"], "Succeeded"]);
  });
});

describe("refusals", () => {
  test("what is not there, and what is no AppSpec", async () => {
    await using room = await setUp();
    const create = (applicationName: string, deploymentGroupName: string, content: string) =>
      room.client.send(
        new CreateDeploymentCommand({
          applicationName,
          deploymentGroupName,
          revision: { revisionType: "AppSpecContent", appSpecContent: { content } },
        }),
      );
    await expect(create("none", "group", "")).rejects.toMatchObject({
      name: "ApplicationDoesNotExistException",
      message: "No application found for name: none",
    });
    await expect(create("app", "none", "")).rejects.toMatchObject({ name: "DeploymentGroupDoesNotExistException" });
    await expect(create("app", "group", "")).rejects.toMatchObject({ name: "InvalidRevisionException" });
    await expect(room.info("d-NONE")).rejects.toMatchObject({
      name: "InvalidDeploymentIdException",
      message: "Specified DeploymentId is not in the valid format: d-NONE",
    });
    await expect(room.info("d-NONE00000")).rejects.toMatchObject({ name: "DeploymentDoesNotExistException" });
    expect((await room.client.send(new ListDeploymentsCommand({}))).deployments).toEqual([]);
  });

  test.each([
    ["{", "The input AppSpec file is a not well-formed yaml. The template cannot be parsed."],
    ["Resources: []", "exactly one resource"],
    [appSpec([]).replace('"2"', '"1"'), "The target version is the current version."],
    [appSpec([]).replace('"1"', '"7"'), "The Lambda function alias version does not match the current version"],
    [appSpec([{ AfterInstall: "check" }]), "AfterInstall is no lifecycle event"],
  ])("a deployment of the AppSpec %s fails", async (content, cause) => {
    await using room = await setUp();
    const { deploymentId = "" } = await room.client.send(
      new CreateDeploymentCommand({
        applicationName: "app",
        deploymentGroupName: "group",
        revision: { revisionType: "AppSpecContent", appSpecContent: { content } },
      }),
    );
    await room.cloud.tasks.idle();
    const { errorInformation, status } = (await room.info(deploymentId)) ?? {};
    expect([status, errorInformation?.code]).toEqual(["Failed", "INVALID_LAMBDA_CONFIGURATION"]);
    expect(errorInformation?.message).toMatch(
      /^The deployment failed because the AppSpec file that specifies the AWS /,
    );
    expect(errorInformation?.message).toContain(cause);
    expect(room.shifts).toEqual([]);
  });

  test("a service role that may not move the alias fails the deployment", async () => {
    await using room = await setUp({ allowed: "lambda:GetAlias" });
    const id = await room.deploy();
    await room.cloud.tasks.idle();
    expect(await room.info(id)).toMatchObject({
      status: "Failed",
      errorInformation: { code: "IAM_ROLE_PERMISSIONS", message: expect.stringContaining("lambda:UpdateAlias") },
    });
    expect((await room.info(id))?.errorInformation?.message).toMatch(
      /^The IAM role arn:aws:iam::123456789012:role\/deploy does not give you permission to perform operations in the following AWS service: AWSLambda\./,
    );
    expect(room.shifts).toEqual([]);
  });
});
