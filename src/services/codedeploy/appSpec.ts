import { parse } from "yaml";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { misconfigured } from "./deploy/ended.ts";
import type { AppSpec } from "./records.ts";

/** Reads an AppSpec of the Lambda platform, in YAML or JSON. Throws how its deployment ends when it is none. https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html */
export const readAppSpec = (content: string): AppSpec => {
  const document = parsed(content);
  if (!isJsonObject(document)) throw misconfigured("The AppSpec file is not a map.");
  const properties = targetOf(document);
  const hooks = hooksOf(document);
  const text = (name: string): string => {
    const value = member(properties, name);
    if (typeof value !== "string" && typeof value !== "number") throw misconfigured(`The property ${name} is missing.`);
    return String(value);
  };
  const version = (name: string): string => {
    const value = text(name);
    if (!/^[1-9]\d*$/.test(value)) throw misconfigured(`The property ${name} must be a positive integer.`);
    return value;
  };
  const [currentVersion, targetVersion] = [version("CurrentVersion"), version("TargetVersion")];
  if (currentVersion === targetVersion) throw misconfigured("The target version is the current version.");
  return {
    functionName: text("Name"),
    alias: text("Alias"),
    currentVersion,
    targetVersion,
    ...(hooks["BeforeAllowTraffic"] === undefined ? {} : { beforeAllowTraffic: hooks["BeforeAllowTraffic"] }),
    ...(hooks["AfterAllowTraffic"] === undefined ? {} : { afterAllowTraffic: hooks["AfterAllowTraffic"] }),
  };
};

const parsed = (content: string): unknown => {
  try {
    return parse(content);
  } catch {
    throw misconfigured("The input AppSpec file is a not well-formed yaml. The template cannot be parsed.");
  }
};

/** AWS takes names in any case: its reference writes them small, its examples with capitals. */
const member = (object: JsonObject, name: string): JsonValue | undefined =>
  Object.entries(object).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];

const section = (document: JsonObject, name: string): readonly JsonValue[] => {
  const value = member(document, name);
  return Array.isArray(value) ? value : [];
};

const targetOf = (document: JsonObject): JsonObject => {
  const resources = section(document, "resources");
  if (resources.length !== 1) throw misconfigured("The AppSpec file must have exactly one resource.");
  const [resource] = isJsonObject(resources[0]) ? Object.values(resources[0]) : [];
  const properties = isJsonObject(resource) ? member(resource, "Properties") : undefined;
  if (!isJsonObject(resource) || member(resource, "Type") !== "AWS::Lambda::Function" || !isJsonObject(properties))
    throw misconfigured("The resource must be of the type AWS::Lambda::Function and have properties.");
  return properties;
};

const HOOKS: readonly string[] = ["BeforeAllowTraffic", "AfterAllowTraffic"];

const hooksOf = (document: JsonObject): Readonly<Record<string, string>> => {
  const hooks: Record<string, string> = {};
  for (const hook of section(document, "hooks")) {
    for (const [name, value] of Object.entries(isJsonObject(hook) ? hook : {})) {
      if (!HOOKS.includes(name)) throw misconfigured(`${name} is no lifecycle event of the Lambda compute platform.`);
      if (typeof value !== "string") throw misconfigured(`The hook ${name} must name one function.`);
      hooks[name] = value;
    }
  }
  return hooks;
};
