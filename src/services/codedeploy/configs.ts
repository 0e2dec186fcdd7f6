import { invalidConfigName, noConfig } from "./errors.ts";
import type { ConfigRecord, Platform, Routing } from "./records.ts";
import type { Room } from "./room.ts";

const canary = (percentage: number, intervalMinutes: number): Routing => ({
  type: "TimeBasedCanary",
  percentage,
  intervalMinutes,
});
const linear = (percentage: number, intervalMinutes: number): Routing => ({
  type: "TimeBasedLinear",
  percentage,
  intervalMinutes,
});

type Kind = Pick<ConfigRecord, "platform" | "routing" | "minimumHealthyHosts">;

const functions = (routing: Routing): Kind => ({ platform: "Lambda", routing });
const containers = (routing: Routing): Kind => ({ platform: "ECS", routing });
const instances = (type: "HOST_COUNT" | "FLEET_PERCENT", value: number): Kind => ({
  platform: "Server",
  minimumHealthyHosts: { type, value },
});

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
const PREDEFINED: Readonly<Record<string, Kind>> = {
  "CodeDeployDefault.AllAtOnce": instances("HOST_COUNT", 0),
  "CodeDeployDefault.HalfAtATime": instances("FLEET_PERCENT", 50),
  "CodeDeployDefault.OneAtATime": instances("FLEET_PERCENT", 99),
  "CodeDeployDefault.LambdaAllAtOnce": functions({ type: "AllAtOnce" }),
  "CodeDeployDefault.LambdaCanary10Percent5Minutes": functions(canary(10, 5)),
  "CodeDeployDefault.LambdaCanary10Percent10Minutes": functions(canary(10, 10)),
  "CodeDeployDefault.LambdaCanary10Percent15Minutes": functions(canary(10, 15)),
  "CodeDeployDefault.LambdaCanary10Percent30Minutes": functions(canary(10, 30)),
  "CodeDeployDefault.LambdaLinear10PercentEvery1Minute": functions(linear(10, 1)),
  "CodeDeployDefault.LambdaLinear10PercentEvery2Minutes": functions(linear(10, 2)),
  "CodeDeployDefault.LambdaLinear10PercentEvery3Minutes": functions(linear(10, 3)),
  "CodeDeployDefault.LambdaLinear10PercentEvery10Minutes": functions(linear(10, 10)),
  "CodeDeployDefault.ECSAllAtOnce": containers({ type: "AllAtOnce" }),
  "CodeDeployDefault.ECSCanary10Percent5Minutes": containers(canary(10, 5)),
  "CodeDeployDefault.ECSCanary10Percent15Minutes": containers(canary(10, 15)),
  "CodeDeployDefault.ECSLinear10PercentEvery1Minutes": containers(linear(10, 1)),
  "CodeDeployDefault.ECSLinear10PercentEvery3Minutes": containers(linear(10, 3)),
};

/** What a group gets whose owner names no configuration. */
export const DEFAULT_CONFIGS: Readonly<Record<Platform, string>> = {
  Lambda: "CodeDeployDefault.LambdaAllAtOnce",
  Server: "CodeDeployDefault.OneAtATime",
  ECS: "CodeDeployDefault.ECSAllAtOnce",
};

export const RESERVED_PREFIX = "CodeDeployDefault.";

export const predefinedNames: readonly string[] = Object.keys(PREDEFINED);

/** The configuration of that name, AWS's own or the account's. Throws DeploymentConfigDoesNotExistException. */
export const findConfig = ({ configs }: Pick<Room, "configs">, name: string): ConfigRecord => {
  const place = predefinedNames.indexOf(name);
  const kind = place < 0 ? undefined : PREDEFINED[name];
  const config = kind
    ? { ...kind, id: `00000000-0000-0000-0000-${String(place + 1).padStart(12, "0")}`, name, createdAt: 0 }
    : configs.get(name);
  if (!config) throw noConfig(name);
  return config;
};

/** The configuration with which something of a platform is deployed. Throws when it is for another. */
export const configFor = (
  room: Pick<Room, "configs">,
  platform: Platform,
  name: string = DEFAULT_CONFIGS[platform],
): ConfigRecord => {
  const config = findConfig(room, name);
  if (config.platform === platform) return config;
  throw invalidConfigName(
    `The deployment configuration ${name} is for the ${config.platform} compute platform, not for ${platform}.`,
  );
};

/** A step of a traffic shift. */
export interface Step {
  /** After the first step. */
  readonly afterMs: number;
  /** The target version's share, in percent. */
  readonly weight: number;
}

const MINUTE_MS = 60_000;
const ALL = 100;

/** The steps in which traffic moves. */
export const stepsOf = (routing: Routing): readonly Step[] => {
  if (routing.type === "AllAtOnce") return [{ afterMs: 0, weight: ALL }];
  const { percentage, intervalMinutes } = routing;
  const intervalMs = intervalMinutes * MINUTE_MS;
  if (routing.type === "TimeBasedCanary") {
    return [
      { afterMs: 0, weight: percentage },
      { afterMs: intervalMs, weight: ALL },
    ];
  }
  return Array.from({ length: Math.ceil(ALL / percentage) }, (_step, index) => ({
    afterMs: index * intervalMs,
    weight: Math.min(ALL, (index + 1) * percentage),
  }));
};

/** From a shift's first step to its last. */
export const shiftMinutes = (routing: Routing): number => (stepsOf(routing).at(-1)?.afterMs ?? 0) / MINUTE_MS;
