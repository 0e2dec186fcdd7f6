import { noConfig } from "./errors.ts";
import type { ConfigRecord, Routing } from "./records.ts";
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

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configurations-predefined-lambda */
const PREDEFINED: Readonly<Record<string, Routing>> = {
  "CodeDeployDefault.LambdaAllAtOnce": { type: "AllAtOnce" },
  "CodeDeployDefault.LambdaCanary10Percent5Minutes": canary(10, 5),
  "CodeDeployDefault.LambdaCanary10Percent10Minutes": canary(10, 10),
  "CodeDeployDefault.LambdaCanary10Percent15Minutes": canary(10, 15),
  "CodeDeployDefault.LambdaCanary10Percent30Minutes": canary(10, 30),
  "CodeDeployDefault.LambdaLinear10PercentEvery1Minute": linear(10, 1),
  "CodeDeployDefault.LambdaLinear10PercentEvery2Minutes": linear(10, 2),
  "CodeDeployDefault.LambdaLinear10PercentEvery3Minutes": linear(10, 3),
  "CodeDeployDefault.LambdaLinear10PercentEvery10Minutes": linear(10, 10),
};

export const DEFAULT_CONFIG = "CodeDeployDefault.LambdaAllAtOnce";

export const predefinedNames: readonly string[] = Object.keys(PREDEFINED);

/** The configuration of that name, AWS's own or the account's. Throws DeploymentConfigDoesNotExistException. */
export const findConfig = ({ configs }: Pick<Room, "configs">, name: string): ConfigRecord => {
  const routing = Object.hasOwn(PREDEFINED, name) ? PREDEFINED[name] : undefined;
  const config = routing ? { id: name, name, createdAt: 0, routing } : configs.get(name);
  if (!config) throw noConfig(name);
  return config;
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
