import {
  CreateDeploymentConfigCommand,
  type CreateDeploymentConfigCommandInput,
  DeleteDeploymentConfigCommand,
  GetDeploymentConfigCommand,
  ListDeploymentConfigsCommand,
  UpdateDeploymentGroupCommand,
} from "@aws-sdk/client-codedeploy";
import { describe, expect, test } from "vitest";
import { setUp } from "../testDeployments.ts";

type Config = Omit<CreateDeploymentConfigCommandInput, "deploymentConfigName">;

const linear = (linearPercentage: number, linearInterval: number): Config => ({
  computePlatform: "Lambda",
  trafficRoutingConfig: { type: "TimeBasedLinear", timeBasedLinear: { linearPercentage, linearInterval } },
});
const canary = (canaryPercentage: number, canaryInterval: number): Config => ({
  computePlatform: "Lambda",
  trafficRoutingConfig: { type: "TimeBasedCanary", timeBasedCanary: { canaryPercentage, canaryInterval } },
});

describe("shape", () => {
  test("AWS's own configurations of each platform", async () => {
    await using room = await setUp();
    const { deploymentConfigsList = [] } = await room.client.send(new ListDeploymentConfigsCommand({}));
    const infos = await Promise.all(
      deploymentConfigsList.map(
        async (deploymentConfigName) =>
          (await room.client.send(new GetDeploymentConfigCommand({ deploymentConfigName }))).deploymentConfigInfo,
      ),
    );
    expect(infos.map((info) => info?.computePlatform)).toEqual([
      ...Array.from({ length: 3 }, () => "Server"),
      ...Array.from({ length: 9 }, () => "Lambda"),
      ...Array.from({ length: 5 }, () => "ECS"),
    ]);
    expect(infos.find((info) => info?.deploymentConfigName?.includes("Canary10Percent15"))).toMatchObject({
      trafficRoutingConfig: {
        type: "TimeBasedCanary",
        timeBasedCanary: { canaryPercentage: 10, canaryInterval: 15 },
      },
    });
  });
});

describe("refusals", () => {
  test.each<[string, Config]>([
    ["InvalidMinimumHealthyHostValueException", {}],
    ["InvalidMinimumHealthyHostValueException", { minimumHealthyHosts: { type: "FLEET_PERCENT", value: 100 } }],
    [
      "InvalidTrafficRoutingConfigurationException",
      { minimumHealthyHosts: { type: "HOST_COUNT", value: 1 }, trafficRoutingConfig: { type: "AllAtOnce" } },
    ],
    [
      "InvalidMinimumHealthyHostValueException",
      { computePlatform: "Lambda", minimumHealthyHosts: { type: "HOST_COUNT", value: 1 } },
    ],
    ["InvalidTrafficRoutingConfigurationException", { computePlatform: "Lambda" }],
    ["InvalidTrafficRoutingConfigurationException", canary(0, 5)],
    ["InvalidTrafficRoutingConfigurationException", canary(100, 5)],
    ["InvalidTrafficRoutingConfigurationException", canary(10, 0)],
    ["InvalidTrafficRoutingConfigurationException", canary(10, 2881)],
    // Nine steps of 321 minutes are more than two days.
    ["InvalidTrafficRoutingConfigurationException", linear(10, 321)],
  ])("%s for %j", async (name, config) => {
    await using room = await setUp();
    const input = { deploymentConfigName: "mine", ...config };
    await expect(room.client.send(new CreateDeploymentConfigCommand(input))).rejects.toMatchObject({ name });
  });

  test("AWS's own names", async () => {
    await using room = await setUp();
    const create = (deploymentConfigName: string) =>
      room.client.send(new CreateDeploymentConfigCommand({ deploymentConfigName, ...canary(10, 5) }));
    await expect(create("CodeDeployDefault.AllAtOnce")).rejects.toMatchObject({
      name: "DeploymentConfigAlreadyExistsException",
    });
    await expect(create("CodeDeployDefault.Mine")).rejects.toMatchObject({
      name: "InvalidDeploymentConfigNameException",
    });
  });
});

describe("behaviour", () => {
  test("a configuration goes once no group uses it", async () => {
    await using room = await setUp();
    const deploymentConfigName = "mine";
    await room.client.send(new CreateDeploymentConfigCommand({ deploymentConfigName, ...linear(10, 320) }));
    const use = (config: string) =>
      room.client.send(
        new UpdateDeploymentGroupCommand({
          applicationName: "app",
          currentDeploymentGroupName: "group",
          deploymentConfigName: config,
        }),
      );
    const remove = () => room.client.send(new DeleteDeploymentConfigCommand({ deploymentConfigName }));
    await use(deploymentConfigName);
    await expect(remove()).rejects.toMatchObject({ name: "DeploymentConfigInUseException" });
    await use("CodeDeployDefault.LambdaAllAtOnce");
    await remove();
    await expect(use(deploymentConfigName)).rejects.toMatchObject({ name: "DeploymentConfigDoesNotExistException" });
  });
});
