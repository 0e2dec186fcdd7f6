import { UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import * as model from "@aws-sdk/client-codedeploy";
import { expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { defineService } from "../../../kernel/rooms.ts";

/** A cloud with aliases that are nothing but their version, and a CodeDeploy whose deployments end at once. */
const aliasCloud = async (status: "Succeeded" | "Failed") => {
  const deployments: JsonObject[] = [];
  const aliases: unknown[] = [];
  const aliasType = defineResourceType<JsonObject>({
    name: "AWS::Lambda::Alias",
    create: async (_ctx, desired) => ({
      physicalId: "alias",
      attributes: {},
      version: aliases.push(desired["FunctionVersion"]),
    }),
    update: async (_ctx, { physicalId }, desired) => ({
      physicalId,
      attributes: {},
      version: aliases.push(desired["FunctionVersion"]),
    }),
    delete: async () => {},
  });
  const codedeploy = defineService<object, "codedeploy">({
    name: "codedeploy",
    model,
    scope: "region",
    open: () => ({}),
    operations: {
      CreateDeployment: () => async (_ctx, input) => {
        deployments.push(JSON.parse(input.revision?.appSpecContent?.content ?? "{}"));
        return { deploymentId: "d-1" };
      },
      GetDeployment: () => async () => ({
        deploymentInfo: { status, errorInformation: { message: "the hook said no" } },
      }),
    },
    iam: {},
  });
  const fake = await queueCloud({ types: [aliasType], loaders: { codedeploy: async () => codedeploy } });
  return { ...fake, deployments, aliases, [Symbol.asyncDispose]: () => fake.cloud[Symbol.asyncDispose]() };
};

const template = (version: string) => `Resources:
  Group: {Type: AWS::SQS::Queue, Properties: {QueueName: group}}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: fn, Name: live, FunctionVersion: "${version}"}
    UpdatePolicy:
      CodeDeployLambdaAliasUpdate: {ApplicationName: app, DeploymentGroupName: !Ref Group, BeforeAllowTrafficHook: check}
`;

it("moves an alias through CodeDeploy", async () => {
  await using fake = await aliasCloud("Succeeded");
  await fake.create("demo", template("1"));
  expect(fake.deployments).toEqual([]);
  await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: template("2") }));
  await fake.cloud.tasks.idle();
  expect((await fake.stack("demo"))?.StackStatus).toBe("UPDATE_COMPLETE");
  expect(fake.deployments).toEqual([
    {
      version: 0,
      Resources: [
        {
          Live: {
            Type: "AWS::Lambda::Function",
            Properties: { Name: "fn", Alias: "live", CurrentVersion: "1", TargetVersion: "2" },
          },
        },
      ],
      Hooks: [{ BeforeAllowTraffic: "check" }],
    },
  ]);
});

it("goes back without another deployment when CodeDeploy gives up", async () => {
  await using fake = await aliasCloud("Failed");
  await fake.create("demo", template("1"));
  await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: template("2") }));
  await fake.cloud.tasks.idle();
  expect((await fake.stack("demo"))?.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(fake.deployments).toHaveLength(1);
  expect(fake.aliases.at(-1)).toBe("1");
  expect((await fake.events("demo")).join("\n")).toContain("d-1 failed. the hook said no");
});
