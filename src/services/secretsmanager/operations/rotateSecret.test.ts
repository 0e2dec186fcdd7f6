import { DeleteStackCommand } from "@aws-sdk/client-cloudformation";
import * as lambdaModel from "@aws-sdk/client-lambda";
import {
  CancelRotateSecretCommand,
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  type RotateSecretCommandInput,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";
import { AwsError } from "../../../kernel/errors.ts";
import { defineService } from "../../../kernel/rooms.ts";

interface RotationEvent {
  readonly Step: string;
  readonly SecretId: string;
  readonly ClientRequestToken: string;
}

const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:rotate";
const DAY_MS = 86_400_000;

/** A cloud with a secret and a function that rotates it as AWS's template for rotation functions does. */
const rotatingCloud = async () => {
  const steps: string[] = [];
  let failsAt: string | undefined;
  const rotate = async ({ Step, SecretId, ClientRequestToken: VersionId }: RotationEvent) => {
    steps.push(Step);
    if (Step === failsAt) throw new Error(`no ${Step}`);
    const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId }));
    if (Step === "createSecret") {
      expect(VersionIdsToStages[VersionId]).toEqual(["AWSPENDING"]);
      const pending = { SecretId, VersionId, VersionStage: "AWSPENDING" };
      await secrets.send(new GetSecretValueCommand(pending)).catch(({ name }) => expect(name).toMatch(/NotFound/));
      const put = { SecretId, ClientRequestToken: VersionId, SecretString: VersionId, VersionStages: ["AWSPENDING"] };
      await secrets.send(new PutSecretValueCommand(put));
    }
    if (Step === "finishSecret") {
      const current = Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id]?.includes("AWSCURRENT"));
      await secrets.send(
        new UpdateSecretVersionStageCommand({
          ...{ SecretId, VersionStage: "AWSCURRENT", MoveToVersionId: VersionId },
          RemoveFromVersionId: current,
        }),
      );
    }
  };
  const lambda = defineService<object, "lambda">({
    name: "lambda",
    model: lambdaModel,
    scope: "region",
    open: () => ({}),
    operations: {
      Invoke:
        () =>
        async (_ctx, { FunctionName, InvocationType, Payload }) => {
          if (FunctionName !== FUNCTION) throw new AwsError("ResourceNotFoundException", "Function not found", 404);
          if (InvocationType === "DryRun") return { StatusCode: 204 };
          const bytes = Payload instanceof Uint8Array ? Payload : new Uint8Array();
          const failed = await rotate(JSON.parse(new TextDecoder().decode(bytes))).then(
            () => false,
            () => true,
          );
          return { StatusCode: 200, ...(failed ? { FunctionError: "Unhandled" } : {}) };
        },
    },
    iam: {
      Invoke: () => ({
        ...{ action: "lambda:InvokeFunction", resource: FUNCTION },
        resourcePolicy: {
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "secretsmanager.amazonaws.com" },
              Action: "lambda:InvokeFunction",
              Resource: FUNCTION,
            },
          ],
        },
      }),
    },
  });
  const cloud = await testCloud({ loaders: { lambda: async () => lambda } });
  const secrets = cloud.client(SecretsManagerClient);
  const SecretId = "db";
  await secrets.send(new CreateSecretCommand({ Name: SecretId, SecretString: "first" }));
  return {
    cloud,
    secrets,
    steps,
    SecretId,
    failAt: (step: string | undefined) => {
      failsAt = step;
    },
    rotate: async (more: Partial<RotateSecretCommandInput> = {}) => {
      const answer = await secrets.send(new RotateSecretCommand({ SecretId, RotationLambdaARN: FUNCTION, ...more }));
      await cloud.tasks.idle();
      return answer;
    },
    pass: async (ms: number) => {
      cloud.clock.advance(ms);
      // Whatever waited for that moment begins in turns of its own.
      await new Promise((resolve) => setImmediate(resolve));
      await cloud.tasks.idle();
    },
    described: () => secrets.send(new DescribeSecretCommand({ SecretId })),
    value: async () => (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString,
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};

const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"];

describe("RotateSecret", () => {
  it("has the function make, set, test and finish a new version, at once and when the next is due", async () => {
    await using fake = await rotatingCloud();
    const { VersionId } = await fake.rotate({ RotationRules: { AutomaticallyAfterDays: 7 } });
    expect(fake.steps).toEqual(STEPS);
    expect(await fake.value()).toBe(VersionId);
    const described = await fake.described();
    expect(described).toMatchObject({
      RotationEnabled: true,
      RotationLambdaARN: FUNCTION,
      RotationRules: { AutomaticallyAfterDays: 7 },
      LastRotatedDate: new Date(fake.cloud.clock.now()),
    });
    expect(Object.values(described.VersionIdsToStages ?? {}).sort()).toEqual([["AWSCURRENT"], ["AWSPREVIOUS"]]);
    await fake.pass(8 * DAY_MS);
    expect(fake.steps).toEqual([...STEPS, ...STEPS]);
    expect(await fake.value()).not.toBe(VersionId);
  });

  it("leaves the value as it is when a step fails, and tries the same version again", async () => {
    await using fake = await rotatingCloud();
    fake.failAt("testSecret");
    const { VersionId = "" } = await fake.rotate();
    expect(await fake.value()).toBe("first");
    expect((await fake.described()).VersionIdsToStages?.[VersionId]).toEqual(["AWSPENDING"]);
    fake.failAt(undefined);
    await expect(fake.rotate()).rejects.toThrow("A previous rotation isn't complete.");
    await fake.cloud.tasks.idle();
    expect(await fake.value()).toBe(VersionId);
  });

  it("only tries the function when it is not to rotate at once, and rotates no more once that is cancelled", async () => {
    await using fake = await rotatingCloud();
    const later = { RotateImmediately: false, RotationRules: { ScheduleExpression: "rate(1 day)" } };
    expect((await fake.rotate(later)).VersionId).toBeUndefined();
    expect(fake.steps).toEqual(["testSecret"]);
    expect(Object.keys((await fake.described()).VersionIdsToStages ?? {})).toHaveLength(1);
    await fake.secrets.send(new CancelRotateSecretCommand({ SecretId: fake.SecretId }));
    const described = await fake.described();
    expect(described).toMatchObject({ RotationEnabled: false, RotationLambdaARN: FUNCTION });
    expect(described.NextRotationDate).toBeUndefined();
    await fake.pass(3 * DAY_MS);
    expect(fake.steps).toEqual(["testSecret"]);
  });

  it.each([
    [{ RotationLambdaARN: undefined }, "InvalidRequestException", "No Lambda rotation function ARN is associated"],
    [{ RotationLambdaARN: `${FUNCTION}-not` }, "AccessDeniedException", "cannot invoke the specified Lambda function"],
    [{ SecretId: "none" }, "ResourceNotFoundException", "can't find the specified secret"],
  ])("refuses %j", async (input, name, message) => {
    await using fake = await rotatingCloud();
    await expect(fake.rotate(input)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
    expect((await fake.described()).RotationEnabled).toBeUndefined();
  });
});

it("is what AWS::SecretsManager::RotationSchedule asks for, and takes back", async () => {
  await using fake = await rotatingCloud();
  const { cfn, create, stack } = stacksOf(fake.cloud);
  await create(
    "demo",
    `Resources: {R: {Type: AWS::SecretsManager::RotationSchedule, Properties: {SecretId: db, RotationLambdaARN: "${FUNCTION}", RotationRules: {AutomaticallyAfterDays: 5}}}}
Outputs: {Secret: {Value: !Ref R}}`,
  );
  const { ARN } = await fake.described();
  expect((await stack("demo"))?.Outputs).toMatchObject([{ OutputValue: ARN }]);
  expect(fake.steps).toEqual(STEPS);
  await cfn.send(new DeleteStackCommand({ StackName: "demo" }));
  await fake.cloud.tasks.idle();
  expect((await fake.described()).RotationEnabled).toBe(false);
});
