import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { findConfig, predefinedNames } from "../configs.ts";
import { configExists, configInUse, invalidRouting, predefinedConfig } from "../errors.ts";
import { page } from "../paging.ts";
import type { Routing } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { configView } from "../views.ts";

type Input = InputOf<AwsModels["codedeploy"], "CreateDeploymentConfig">;

export const createDeploymentConfig =
  ({ configs, deps }: Pick<Room, "configs" | "deps">): Operation<"CreateDeploymentConfig"> =>
  async (_ctx, input) => {
    const { deploymentConfigName: name, computePlatform = "Server" } = input;
    if (configs.has(name) || predefinedNames.includes(name)) throw configExists(name);
    if (computePlatform !== "Lambda")
      throw new NotImplemented(`codedeploy for the compute platform ${computePlatform}`);
    const id = deps.ids.uuid();
    configs.put(name, { id, name, createdAt: deps.clock.now(), routing: routingFrom(input.trafficRoutingConfig) });
    return { deploymentConfigId: id };
  };

const routingFrom = (config: Input["trafficRoutingConfig"]): Routing => {
  switch (config?.type) {
    case "AllAtOnce":
      return { type: "AllAtOnce" };
    case "TimeBasedCanary":
      return {
        type: "TimeBasedCanary",
        percentage: within("canaryPercentage", config.timeBasedCanary?.canaryPercentage, MAX_PERCENTAGE),
        intervalMinutes: within("canaryInterval", config.timeBasedCanary?.canaryInterval, MAX_INTERVAL_MINUTES),
      };
    case "TimeBasedLinear":
      return {
        type: "TimeBasedLinear",
        percentage: within("linearPercentage", config.timeBasedLinear?.linearPercentage, MAX_PERCENTAGE),
        intervalMinutes: within("linearInterval", config.timeBasedLinear?.linearInterval, MAX_INTERVAL_MINUTES),
      };
    default:
      throw invalidRouting("A traffic routing configuration is required for the Lambda compute platform.");
  }
};

const MAX_PERCENTAGE = 99;
/** AWS: a shift takes two days at the most. */
const MAX_INTERVAL_MINUTES = 2880;

const within = (name: string, value: number | undefined, max: number): number => {
  if (value !== undefined && value >= 1 && value <= max) return value;
  throw invalidRouting(`The value of ${name} must be between 1 and ${max}.`);
};

export const getDeploymentConfig =
  (room: Pick<Room, "configs">): Operation<"GetDeploymentConfig"> =>
  async (_ctx, input) => ({ deploymentConfigInfo: configView(findConfig(room, input.deploymentConfigName)) });

export const listDeploymentConfigs =
  ({ configs }: Pick<Room, "configs">): Operation<"ListDeploymentConfigs"> =>
  async (_ctx, input) => {
    const names = [...predefinedNames, ...[...configs.range()].map(({ value }) => value.name)];
    const { items, ...next } = page(names, input.nextToken);
    return { deploymentConfigsList: items, ...next };
  };

export const deleteDeploymentConfig =
  ({ configs, groups }: Pick<Room, "configs" | "groups">): Operation<"DeleteDeploymentConfig"> =>
  async (_ctx, input) => {
    const name = input.deploymentConfigName;
    if (predefinedNames.includes(name)) throw predefinedConfig(name);
    if ([...groups.range()].some(({ value }) => value.configName === name)) throw configInUse(name);
    configs.delete(name);
    return {};
  };
