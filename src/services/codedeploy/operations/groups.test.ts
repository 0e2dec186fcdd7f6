import {
  BatchGetDeploymentGroupsCommand,
  CreateApplicationCommand,
  CreateDeploymentGroupCommand,
  type CreateDeploymentGroupCommandInput,
  GetDeploymentGroupCommand,
  ListDeploymentGroupsCommand,
  UpdateApplicationCommand,
  UpdateDeploymentGroupCommand,
} from "@aws-sdk/client-codedeploy";
import { describe, expect, test } from "vitest";
import { ROLE_ARN, setUp } from "../testDeployments.ts";

type Group = Partial<CreateDeploymentGroupCommandInput>;

const TOPIC = "arn:aws:sns:us-east-1:123456789012:told";
const trigger = (triggerName: string, more: object = {}) => ({
  triggerName,
  triggerTargetArn: TOPIC,
  triggerEvents: ["DeploymentStart" as const],
  ...more,
});
const alarms = (...names: string[]) => names.map((name) => ({ name }));

describe("shape", () => {
  test("a group of functions, and one of instances, with AWS's defaults", async () => {
    await using room = await setUp();
    await room.client.send(new CreateApplicationCommand({ applicationName: "fleet" }));
    await room.client.send(
      new CreateDeploymentGroupCommand({
        applicationName: "fleet",
        deploymentGroupName: "web",
        serviceRoleArn: ROLE_ARN,
        ec2TagFilters: [{ Key: "role", Value: "web", Type: "KEY_AND_VALUE" }],
      }),
    );
    const info = async (applicationName: string, deploymentGroupName: string) =>
      (await room.client.send(new GetDeploymentGroupCommand({ applicationName, deploymentGroupName })))
        .deploymentGroupInfo;
    expect(await info("app", "group")).toMatchObject({
      computePlatform: "Lambda",
      deploymentConfigName: "CodeDeployDefault.LambdaAllAtOnce",
      deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
      triggerConfigurations: [],
      ec2TagFilters: [],
    });
    expect(await info("fleet", "web")).toMatchObject({
      computePlatform: "Server",
      deploymentConfigName: "CodeDeployDefault.OneAtATime",
      deploymentStyle: { deploymentType: "IN_PLACE", deploymentOption: "WITHOUT_TRAFFIC_CONTROL" },
      ec2TagFilters: [{ Key: "role", Value: "web", Type: "KEY_AND_VALUE" }],
      outdatedInstancesStrategy: "UPDATE",
    });
  });
});

describe("refusals", () => {
  test.each<[string, Group]>([
    ["DeploymentGroupAlreadyExistsException", { deploymentGroupName: "group" }],
    ["ApplicationDoesNotExistException", { applicationName: "none" }],
    ["DeploymentConfigDoesNotExistException", { deploymentConfigName: "none" }],
    ["InvalidDeploymentConfigNameException", { deploymentConfigName: "CodeDeployDefault.OneAtATime" }],
    ["InvalidRoleException", { serviceRoleArn: "arn:aws:iam::123456789012:role/none" }],
    ["InvalidRoleException", { serviceRoleArn: "no-arn" }],
    [
      "InvalidDeploymentStyleException",
      { deploymentStyle: { deploymentType: "IN_PLACE", deploymentOption: "WITH_TRAFFIC_CONTROL" } },
    ],
    ["InvalidEC2TagException", { ec2TagFilters: [{ Key: "a" }] }],
    ["InvalidEC2TagCombinationException", { ec2TagFilters: [{ Key: "a" }], ec2TagSet: {} }],
    ["InvalidTagException", { onPremisesInstanceTagFilters: [{ Key: "a" }] }],
    ["InvalidAutoScalingGroupException", { autoScalingGroups: ["fleet"] }],
    ["InvalidTriggerConfigException", { triggerConfigurations: [trigger("")] }],
    ["InvalidTriggerConfigException", { triggerConfigurations: [trigger("a", { triggerTargetArn: "topic" })] }],
    ["InvalidTriggerConfigException", { triggerConfigurations: [trigger("a", { triggerEvents: [] })] }],
    ["InvalidTriggerConfigException", { triggerConfigurations: [trigger("a"), trigger("a")] }],
    [
      "TriggerTargetsLimitExceededException",
      { triggerConfigurations: Array.from({ length: 11 }, (_each, place) => trigger(`t${place}`)) },
    ],
    ["InvalidAlarmConfigException", { alarmConfiguration: { enabled: true, alarms: [] } }],
    ["InvalidAlarmConfigException", { alarmConfiguration: { alarms: alarms("a", "a") } }],
    ["InvalidAlarmConfigException", { alarmConfiguration: { alarms: alarms("") } }],
    ["InvalidAlarmConfigException", { alarmConfiguration: { alarms: alarms("a".repeat(256)) } }],
    [
      "AlarmsLimitExceededException",
      { alarmConfiguration: { alarms: alarms(...Array.from({ length: 11 }, (_each, place) => `a${place}`)) } },
    ],
    ["InvalidAutoRollbackConfigException", { autoRollbackConfiguration: { enabled: true, events: [] } }],
    ["InvalidTagsToAddException", { tags: [{ Key: "", Value: "" }] }],
    [
      "InvalidTagsToAddException",
      {
        tags: [
          { Key: "a", Value: "1" },
          { Key: "a", Value: "2" },
        ],
      },
    ],
  ])("%s for %j", async (name, group) => {
    await using room = await setUp();
    const input = { applicationName: "app", deploymentGroupName: "other", serviceRoleArn: ROLE_ARN, ...group };
    await expect(room.client.send(new CreateDeploymentGroupCommand(input))).rejects.toMatchObject({ name });
  });

  test("groups of containers are not built, and say so", async () => {
    await using room = await setUp();
    await room.client.send(new CreateApplicationCommand({ applicationName: "containers", computePlatform: "ECS" }));
    const input = { applicationName: "containers", deploymentGroupName: "g", serviceRoleArn: ROLE_ARN };
    await expect(room.client.send(new CreateDeploymentGroupCommand(input))).rejects.toMatchObject({
      name: "NotImplemented",
    });
  });
});

describe("behaviour", () => {
  test("a group is renamed and its settings changed; what is not given stays", async () => {
    await using room = await setUp({ group: { triggerConfigurations: [trigger("a")] } });
    await room.client.send(
      new UpdateDeploymentGroupCommand({
        applicationName: "app",
        currentDeploymentGroupName: "group",
        newDeploymentGroupName: "renamed",
        deploymentConfigName: "CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
      }),
    );
    const { deploymentGroupsInfo, errorMessage } = await room.client.send(
      new BatchGetDeploymentGroupsCommand({ applicationName: "app", deploymentGroupNames: ["group", "renamed"] }),
    );
    expect(errorMessage).toBe("No Deployment Group found for name: group");
    expect(deploymentGroupsInfo).toMatchObject([
      {
        deploymentGroupName: "renamed",
        deploymentConfigName: "CodeDeployDefault.LambdaLinear10PercentEvery1Minute",
        triggerConfigurations: [trigger("a")],
      },
    ]);
  });

  test("a renamed application keeps its groups and what they have deployed", async () => {
    await using room = await setUp();
    const deploymentId = await room.deploy();
    await room.cloud.tasks.idle();
    await room.client.send(new UpdateApplicationCommand({ applicationName: "app", newApplicationName: "new" }));
    const { deploymentGroups } = await room.client.send(new ListDeploymentGroupsCommand({ applicationName: "new" }));
    expect(deploymentGroups).toEqual(["group"]);
    const { deploymentGroupInfo } = await room.client.send(
      new GetDeploymentGroupCommand({ applicationName: "new", deploymentGroupName: "group" }),
    );
    expect(deploymentGroupInfo?.lastSuccessfulDeployment?.deploymentId).toBe(deploymentId);
  });
});
