import { InvalidResource } from "../errors.ts";
import { ifParts, isIf, isIntrinsic, isNoValue, sub } from "../intrinsics.ts";
import { Dict, deepCopy, isDict, literal, textOf, truthy, type Value } from "../values/value.ts";

/** The traffic shifts CodeDeploy knows for Lambda by name. */
const PREDEFINED = [
  "Canary10Percent5Minutes",
  "Canary10Percent10Minutes",
  "Canary10Percent15Minutes",
  "Canary10Percent30Minutes",
  "Linear10PercentEvery1Minute",
  "Linear10PercentEvery2Minutes",
  "Linear10PercentEvery3Minutes",
  "Linear10PercentEvery10Minutes",
  "AllAtOnce",
];

/** The name of a deployment configuration: a predefined type stands for CodeDeploy's own configuration. */
export const deploymentConfigName = (type: Value): Value => replaced(deepCopy(type));

const replaced = (value: Value, key?: string): Value => {
  if (Array.isArray(value)) return value.map((item) => replaced(item));
  if (isDict(value) && isIntrinsic(value)) {
    for (const [name, item] of value.entries()) value.set(name, replaced(item, name));
    return value;
  }
  if (!PREDEFINED.includes(textOf(value) ?? "")) return value;
  const named = [literal("CodeDeployDefault.Lambda${ConfigName}"), Dict.plain({ ConfigName: value })];
  return key === "Fn::Sub" ? named : sub(named[0] ?? null, isDict(named[1]) ? named[1] : undefined);
};

/** The alarms that stop and roll back a deployment. */
export const alarmConfiguration = (logicalId: string, alarms: Value): Value => {
  if (!truthy(alarms) || isNoValue(alarms)) return null;
  if (!isIf(alarms)) return configurationOf(logicalId, alarms);
  const parts = ifParts(alarms);
  if (typeof parts === "string") throw new InvalidResource(logicalId, parts);
  const [condition, then, otherwise] = parts;
  return Dict.plain({
    "Fn::If": [condition, configurationOf(logicalId, then), configurationOf(logicalId, otherwise)],
  });
};

const configurationOf = (logicalId: string, alarms: Value): Dict => {
  if (!Array.isArray(alarms)) throw new InvalidResource(logicalId, "Alarms must be a list");
  if (alarms.length === 0 || isNoValue(alarms[0] ?? null)) return Dict.plain();
  return Dict.plain({ Enabled: true, Alarms: alarms.map((alarm) => Dict.plain({ Name: alarm })) });
};
