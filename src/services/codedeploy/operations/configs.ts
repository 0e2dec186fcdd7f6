import type { AwsModels, InputOf } from "../../../kernel/aws.ts";
import { findConfig, predefinedNames, RESERVED_PREFIX, shiftMinutes } from "../configs.ts";
import {
  configExists,
  configInUse,
  invalidConfigName,
  invalidHealthyHosts,
  invalidRouting,
  predefinedConfig,
} from "../errors.ts";
import { MAX_HEALTHY_PERCENTAGE, MAX_SHIFT_MINUTES, MAX_SHIFT_PERCENTAGE } from "../limits.ts";
import { page } from "../paging.ts";
import type { ConfigRecord, Routing } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { configView } from "../views.ts";

type Input = InputOf<AwsModels["codedeploy"], "CreateDeploymentConfig">;

export const createDeploymentConfig =
  ({ configs, deps }: Pick<Room, "configs" | "deps">): Operation<"CreateDeploymentConfig"> =>
  async (_ctx, input) => {
    const { deploymentConfigName: name, computePlatform: platform = "Server" } = input;
    if (configs.has(name) || predefinedNames.includes(name)) throw configExists(name);
    if (name.startsWith(RESERVED_PREFIX))
      throw invalidConfigName(`The names that begin with ${RESERVED_PREFIX} are reserved.`);
    const settings = platform === "Server" ? instancesIn(input) : trafficIn(input, platform);
    const id = deps.ids.uuid();
    configs.put(name, { id, name, platform, createdAt: deps.clock.now(), ...settings });
    return { deploymentConfigId: id };
  };

const instancesIn = ({ minimumHealthyHosts, trafficRoutingConfig, zonalConfig }: Input) => {
  if (trafficRoutingConfig)
    throw invalidRouting("A traffic routing configuration cannot be specified for the Server compute platform.");
  const { type, value = -1 } = minimumHealthyHosts ?? {};
  if (type === undefined || value < 0 || (type === "FLEET_PERCENT" && value > MAX_HEALTHY_PERCENTAGE))
    throw invalidHealthyHosts(
      `The minimum of healthy hosts must be a number of hosts, or a percentage from 0 to ${MAX_HEALTHY_PERCENTAGE}.`,
    );
  return { minimumHealthyHosts: { type, value }, ...(zonalConfig && { zonalConfig }) };
};

const trafficIn = (
  { minimumHealthyHosts, trafficRoutingConfig }: Input,
  platform: string,
): Pick<ConfigRecord, "routing"> => {
  if (minimumHealthyHosts)
    throw invalidHealthyHosts(`A minimum of healthy hosts cannot be specified for the ${platform} compute platform.`);
  const routing = routingFrom(trafficRoutingConfig, platform);
  if (shiftMinutes(routing) > MAX_SHIFT_MINUTES)
    throw invalidRouting(`A traffic shift can take at most ${MAX_SHIFT_MINUTES} minutes.`);
  return { routing };
};

const routingFrom = (config: Input["trafficRoutingConfig"], platform: string): Routing => {
  switch (config?.type) {
    case "AllAtOnce":
      return { type: "AllAtOnce" };
    case "TimeBasedCanary":
      return {
        type: "TimeBasedCanary",
        percentage: within("canaryPercentage", config.timeBasedCanary?.canaryPercentage, MAX_SHIFT_PERCENTAGE),
        intervalMinutes: within("canaryInterval", config.timeBasedCanary?.canaryInterval, MAX_SHIFT_MINUTES),
      };
    case "TimeBasedLinear":
      return {
        type: "TimeBasedLinear",
        percentage: within("linearPercentage", config.timeBasedLinear?.linearPercentage, MAX_SHIFT_PERCENTAGE),
        intervalMinutes: within("linearInterval", config.timeBasedLinear?.linearInterval, MAX_SHIFT_MINUTES),
      };
    default:
      throw invalidRouting(`A traffic routing configuration is required for the ${platform} compute platform.`);
  }
};

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
