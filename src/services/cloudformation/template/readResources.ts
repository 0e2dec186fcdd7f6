import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { formatError, TemplateError, type TemplatePath } from "./errors.ts";
import { MAX_RESOURCES } from "./limits.ts";
import type { ResourceDefinition } from "./model.ts";
import { alphanumericName, countedSection, stringMember } from "./section.ts";

/** Reads the `Resources` section. `mayHoldMore`: its resources may have members that transforms yet to come take away. */
export const readResources = (body: JsonObject, mayHoldMore: boolean): ReadonlyMap<string, ResourceDefinition> => {
  const members = countedSection(body, "Resources", MAX_RESOURCES).filter(([name]) => !isMacro(name));
  if (Object.keys(body["Resources"] ?? {}).length === 0) {
    throw formatError("At least one Resources member must be defined.", ["Resources"]);
  }
  return new Map(members.map(([name, value]) => [name, readResource(name, value, mayHoldMore)]));
};

const isMacro = (name: string): boolean => name === "Fn::Transform" || name.startsWith("Fn::ForEach::");

/** AWS: a resource may bear a description, of which nothing is made and which no page documents. */
const KEYS = new Set([
  "Condition",
  "Connectors",
  "CreationPolicy",
  "DeletionPolicy",
  "DependsOn",
  "Description",
  "Metadata",
  "Properties",
  "Type",
  "UpdatePolicy",
  "UpdateReplacePolicy",
  "Fn::Transform",
]);

const readResource = (logicalId: string, value: JsonValue, mayHoldMore: boolean): ResourceDefinition => {
  const path = ["Resources", logicalId];
  alphanumericName("Resource", logicalId, path);
  if (!isJsonObject(value)) throw formatError("Any Resources member must be a JSON object.", path);
  if (!mayHoldMore) refuseUnknownKeys(value, path);
  const type = value["Type"];
  if (type === undefined)
    throw formatError(`[/Resources/${logicalId}] Every Resources object must contain a Type member.`, path);
  stringMember(value, "Description", path, "Every Description member must be a string.");
  if (typeof type !== "string")
    throw formatError(`[/Resources/${logicalId}/Type] Every Type member must be a string.`, path);
  return {
    logicalId,
    type,
    properties: objectMember(value, "Properties", path) ?? {},
    condition: stringMember(value, "Condition", path, "Every Condition member must be a string."),
    dependsOn: readDependsOn(value["DependsOn"], path),
    deletionPolicy: readPolicy(value, "DeletionPolicy", DELETION_POLICIES, path),
    updateReplacePolicy: readPolicy(value, "UpdateReplacePolicy", REPLACE_POLICIES, path),
    creationPolicy: objectMember(value, "CreationPolicy", path),
    updatePolicy: objectMember(value, "UpdatePolicy", path),
    metadata: objectMember(value, "Metadata", path),
  };
};

const refuseUnknownKeys = (resource: JsonObject, path: TemplatePath): void => {
  for (const key of Object.keys(resource)) {
    // `IgnoreGlobals` is SAM's; its transform has taken it away where it is allowed.
    if (KEYS.has(key) || key === "IgnoreGlobals") continue;
    // AWS: custom resources, and they alone, may say which version of their contract they speak.
    if (key === "Version" && isCustomType(resource["Type"])) continue;
    throw new TemplateError(`Invalid template resource property '${key}'`, [...path, key]);
  }
};

const isCustomType = (type: JsonValue | undefined): boolean =>
  typeof type === "string" && (type === "AWS::CloudFormation::CustomResource" || type.startsWith("Custom::"));

const objectMember = (holder: JsonObject, key: string, path: TemplatePath): JsonObject | undefined => {
  const value = holder[key];
  if (value === undefined || isJsonObject(value)) return value;
  throw formatError(`Any ${key} member must be a JSON object.`, [...path, key]);
};

const readDependsOn = (value: JsonValue | undefined, path: TemplatePath): readonly string[] => {
  if (value === undefined) return [];
  const names = Array.isArray(value) ? value : [value];
  return names.map((name: JsonValue) => {
    if (typeof name !== "string")
      throw formatError("DependsOn must be a string or list of strings.", [...path, "DependsOn"]);
    return name;
  });
};

const DELETION_POLICIES = new Set(["Delete", "Retain", "RetainExceptOnCreate", "Snapshot"]);
const REPLACE_POLICIES = new Set(["Delete", "Retain", "Snapshot"]);

const readPolicy = (
  holder: JsonObject,
  key: string,
  allowed: ReadonlySet<string>,
  path: TemplatePath,
): JsonValue | undefined => {
  const value = holder[key];
  if (value === undefined) return undefined;
  const at = [...path, key];
  if (typeof value !== "string") {
    if (isJsonObject(value)) return value;
    throw formatError(`Every ${key} member must be a string.`, at);
  }
  if (!allowed.has(value)) {
    throw formatError(`Unrecognized ${key} ${value} for resource ${path[1]}`, at);
  }
  return value;
};
