import {
  CodeDeployClient,
  CreateApplicationCommand,
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  CreateDeploymentGroupCommand,
  type CreateDeploymentGroupCommandInput,
  GetDeploymentCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from "@aws-sdk/client-codedeploy";
import { IAMClient } from "@aws-sdk/client-iam";
import * as lambdaModel from "@aws-sdk/client-lambda";
import { expect } from "vitest";
import { type TestCloud, testCloud } from "../../../test/harness.ts";
import { serviceRole } from "../../../test/serviceRole.ts";
import { defineService } from "../../kernel/rooms.ts";

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

export const ROLE_ARN = "arn:aws:iam::123456789012:role/deploy";

export interface Setup {
  readonly onInvoke?: (cloud: TestCloud, event: HookEvent) => Promise<string | undefined>;
  readonly group?: Partial<CreateDeploymentGroupCommandInput>;
  readonly allowed?: string | readonly string[];
}

export const setUp = async ({ onInvoke, group = {}, allowed = "lambda:*" }: Setup = {}) => {
  const fake = lambdaFake(async (event) => onInvoke?.(cloud, event));
  const cloud: TestCloud = await testCloud({ loaders: { lambda: async () => fake.service } });
  await serviceRole(cloud.client(IAMClient), "deploy", "codedeploy", allowed);
  const client = cloud.client(CodeDeployClient);
  await client.send(new CreateApplicationCommand({ applicationName: "app", computePlatform: "Lambda" }));
  await client.send(
    new CreateDeploymentGroupCommand({
      applicationName: "app",
      deploymentGroupName: "group",
      serviceRoleArn: ROLE_ARN,
      ...group,
    }),
  );
  const deploy = async (hooks: readonly object[] = [], more: Partial<CreateDeploymentCommandInput> = {}) => {
    const { deploymentId } = await client.send(
      new CreateDeploymentCommand({
        applicationName: "app",
        deploymentGroupName: "group",
        revision: { revisionType: "AppSpecContent", appSpecContent: { content: appSpec(hooks) } },
        ...more,
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

export const appSpec = (Hooks: readonly object[]) =>
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

export const report = (status: "Succeeded" | "Failed") => async (cloud: TestCloud, event: HookEvent) => {
  await cloud.client(CodeDeployClient).send(
    new PutLifecycleEventHookExecutionStatusCommand({
      deploymentId: event.DeploymentId,
      lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId,
      status,
    }),
  );
  return undefined;
};

/** At one a millisecond, as long as a test may take. */
const MAX_TRIES = 30_000;

/** Lets what is under way come to its next wait, however busy the machine is. */
export const settled = async (condition: () => boolean) => {
  for (let tries = 0; tries < MAX_TRIES && !condition(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 1));
  expect(condition()).toBe(true);
};
