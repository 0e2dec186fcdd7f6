import { NotImplemented } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { ResourceType } from "../../../kernel/resource.ts";
import { loadSchemas } from "../schema/load.ts";
import { isTypeOfAws } from "../schema/typeNames.ts";
import { faultSentence, propertyFaults } from "../schema/validate.ts";
import { formatError, TemplateError, type TemplatePath } from "../template/errors.ts";
import { isCall } from "../template/intrinsics/intrinsic.ts";
import type { ResourceDefinition, Template } from "../template/model.ts";
import type { SourceMap } from "../template/source.ts";

/** Refuses types that AWS has not. */
export const checkTypeNames = async (
  resources: Iterable<ResourceDefinition>,
  source: SourceMap,
  find: (type: string) => Promise<ResourceType | undefined>,
): Promise<void> => {
  const unknown = new Map<string, string>();
  for (const { type, logicalId } of resources) {
    if (unknown.has(type) || (await find(type)) !== undefined || (await isTypeOfAws(type))) continue;
    unknown.set(type, place(source, ["Resources", logicalId, "Type"]));
  }
  if (unknown.size === 0) return;
  throw formatError(
    `Unrecognized resource types: [${[...unknown.keys()].join(", ")}]${[...unknown.values()].join("")}`,
  );
};

/**
 * Refuses types that are not built, and properties that their types have not built; what a condition gives shows only
 * when the resource is made.
 */
export const refuseUnbuilt = async (
  resources: Iterable<ResourceDefinition>,
  source: SourceMap,
  find: (type: string) => Promise<ResourceType | undefined>,
): Promise<void> => {
  for (const { type, logicalId, properties } of resources) {
    const served = await find(type);
    if (served === undefined)
      throw new NotImplemented(`the resource type ${type}${place(source, ["Resources", logicalId, "Type"])}`);
    const found = unbuiltIn(served, properties);
    if (found === undefined) continue;
    throw new NotImplemented(
      `${type} ${found.name}${place(source, ["Resources", logicalId, "Properties", ...found.path])}`,
    );
  }
};

/** The first of a resource's properties that its type has not built, and where it stands; undefined when all are. */
export const unbuiltIn = (
  type: ResourceType | undefined,
  properties: JsonObject,
): { readonly name: string; readonly path: TemplatePath } | undefined => {
  for (const name of type?.unbuilt ?? []) {
    const path = pathTo(properties, name.split("."));
    if (path !== undefined) return { name, path };
  }
  return undefined;
};

/** Where a property is set, in any element of the lists on the way; undefined when nowhere. */
const pathTo = (value: JsonValue, names: readonly string[]): TemplatePath | undefined => {
  const [name, ...rest] = names;
  if (isCall(value)) return undefined;
  if (name === undefined) return [];
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      const below = pathTo(element, names);
      if (below !== undefined) return [index, ...below];
    }
    return undefined;
  }
  if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
  const below = pathTo(value[name] ?? null, rest);
  return below === undefined ? undefined : [name, ...below];
};

/** Refuses types beyond those that a request allows itself: `AWS::S3::Bucket`, `AWS::S3::*`, `AWS::*` or `Custom::*`. */
export const refuseOtherTypes = (template: Pick<Template, "resources">, allowed: readonly string[]): void => {
  if (allowed.length === 0) return;
  for (const { type, logicalId } of template.resources.values()) {
    if (allowed.some((name) => name === type || (name.endsWith("*") && type.startsWith(name.slice(0, -1))))) continue;
    throw new TemplateError(`Resource type ${type} is not allowed by parameter ResourceTypes [${allowed.join(", ")}]`, [
      "Resources",
      logicalId,
      "Type",
    ]);
  }
};

/** What is wrong with the properties of resources by their schemas, one sentence for each; none when all is well. */
export const resourceFaults = async (
  resources: readonly ResourceDefinition[],
  source: SourceMap,
): Promise<readonly string[]> => {
  const schemas = await loadSchemas(resources.map(({ type }) => type));
  return resources.flatMap(({ type, logicalId, properties }) => {
    const schema = schemas.get(type);
    const faults = schema === undefined ? [] : propertyFaults(schema, properties);
    if (faults.length === 0) return [];
    const placed = faults.map(({ path, message }) => ({
      path,
      message: message + place(source, ["Resources", logicalId, "Properties", ...path]),
    }));
    return [faultSentence(logicalId, placed)];
  });
};

const place = (source: SourceMap, path: TemplatePath): string => {
  const position = source.at(path);
  return position === undefined ? "" : ` (line ${position.line}, column ${position.column})`;
};
