import {
  CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  CreateDeploymentConfigCommand,
  CreateDeploymentGroupCommand,
  type CreateDeploymentGroupCommandInput,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  ListDeploymentConfigsCommand,
  ListDeploymentsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
  StopDeploymentCommand,
} from "@aws-sdk/client-codedeploy";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambdaModel from "@aws-sdk/client-lambda";
import { describe, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { defineService } from "../../../kernel/rooms.ts";
import type { DeploymentRecord } from "../records.ts";

interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

/** A Lambda that is nothing but one alias, and hooks that do what the test says. */
const lambdaFake = (onInvoke: (event: HookEvent) => Promise<string | undefined>) => {
  const shifts: string[] = [];
  let version = "1";
  const service = defineService<object, "lambda">({
    name: "lambda",
    model: lambdaModel,
    scope: "region",
    open: () => ({}),
    operations: {
      GetAlias: () => async () => ({ FunctionVersion: version }),
      UpdateAlias: () => async (_ctx, input) => {
        version = input.FunctionVersion ?? version;
        const [[to, weight] = []] = Object.entries<number>(input.RoutingConfig?.AdditionalVersionWeights ?? {});
        shifts.push(to === undefined ? version : `${version}+${to}@${weight}`);
        return {};
      },
      Invoke: () => async (_ctx, input) => {
        const FunctionError = await onInvoke(
          JSON.parse(Buffer.from(input.Payload as unknown as Uint8Array).toString()),
        );
        return { StatusCode: 200, FunctionError, Payload: Buffer.from('{"errorMessage":"boom"}') };
      },
    },
    iam: {},
  });
  return { service, shifts };
};

const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "codedeploy.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

interface Setup {
  readonly onInvoke?: (cloud: TestCloud, event: HookEvent) => Promise<string | undefined>;
  readonly group?: Partial<CreateDeploymentGroupCommandInput>;
  readonly allowed?: string;
}

const setUp = async ({ onInvoke, group = {}, allowed = "lambda:*" }: Setup = {}) => {
  const fake = lambdaFake(async (event) => onInvoke?.(cloud, event));
  const cloud: TestCloud = await testCloud({ loaders: { lambda: async () => fake.service } });
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateRoleCommand({ RoleName: "deploy", AssumeRolePolicyDocument: TRUST }));
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: allowed, Resource: "*" }] };
  await iam.send(
    new PutRolePolicyCommand({ RoleName: "deploy", PolicyName: "p", PolicyDocument: JSON.stringify(policy) }),
  );
  const client = cloud.client(CodeDeployClient);
  await client.send(new CreateApplicationCommand({ applicationName: "app", computePlatform: "Lambda" }));
  await client.send(
    new CreateDeploymentGroupCommand({
      applicationName: "app",
      deploymentGroupName: "group",
      serviceRoleArn: "arn:aws:iam::123456789012:role/deploy",
      ...group,
    }),
  );
  const deploy = async (hooks: readonly object[] = []) => {
    const { deploymentId } = await client.send(
      new CreateDeploymentCommand({
        applicationName: "app",
        deploymentGroupName: "group",
        revision: { revisionType: "AppSpecContent", appSpecContent: { content: appSpec(hooks) } },
      }),
    );
    return deploymentId ?? "";
  };
  const info = async (deploymentId: string) =>
    (await client.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo;
  return {
    cloud,
    client,
    deploy,
    info,
    shifts: fake.shifts,
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};

const appSpec = (Hooks: readonly object[]) =>
  JSON.stringify({
    version: 0,
    Resources: [
      {
        Fn: {
          Type: "AWS::Lambda::Function",
          Properties: { Name: "fn", Alias: "live", CurrentVersion: "1", TargetVersion: "2" },
        },
      },
    ],
    Hooks,
  });

const report = (status: "Succeeded" | "Failed") => async (cloud: TestCloud, event: HookEvent) => {
  await cloud.client(CodeDeployClient).send(
    new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: event.DeploymentId,
      lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
      status,
    }),
  );
  return undefined;
};

/** Lets what is under way come to its next wait. */
const settled = async (condition: () => boolean) => {
  for (let turn = 0; turn < 1000 && !condition(); turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(condition()).toBe(true);
};

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
    expect(deploymentTarget?.lambdaTarget?.lifecycleEvents?.map(({ status }) => status)).toEqual([
      "Skipped",
      "Succeeded",
      "Skipped",
    ]);
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
    expect(deploymentConfigsList).toHaveLength(10);
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
    await expect(create("app", "group", "Resources: []")).rejects.toMatchObject({ name: "InvalidRevisionException" });
    await expect(create("app", "group", "{")).rejects.toMatchObject({ name: "InvalidRevisionException" });
    await expect(room.info("d-NONE")).rejects.toMatchObject({ name: "DeploymentDoesNotExistException" });
    expect((await room.client.send(new ListDeploymentsCommand({}))).deployments).toEqual([]);
  });

  test("a service role that may not move the alias fails the deployment", async () => {
    await using room = await setUp({ allowed: "lambda:GetAlias" });
    const id = await room.deploy();
    await room.cloud.tasks.idle();
    expect(await room.info(id)).toMatchObject({
      status: "Failed",
      errorInformation: { code: "IAM_ROLE_PERMISSIONS", message: expect.stringContaining("lambda:UpdateAlias") },
    });
    expect(room.shifts).toEqual([]);
  });
});
