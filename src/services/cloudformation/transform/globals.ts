import { own } from "../../../kernel/own.ts";
import { section } from "./context.ts";
import { InvalidDocument, InvalidGlobals, InvalidResource } from "./errors.ts";
import { GLOBAL_PROPERTIES } from "./globalProperties.ts";
import { isIntrinsic } from "./intrinsics.ts";
import { isOpenApi3 } from "./openapi/document.ts";
import { isSamResource } from "./samTypes.ts";
import { shown, shownNames } from "./values/text.ts";
import { Dict, isDict, isText, literal, textOf, truthy, type Value } from "./values/value.ts";

const PREFIX = "AWS::Serverless::";

/** Merges the `Globals` section into the resources of each type and takes it out of the template. */
export const mergeGlobals = (template: Dict): void => {
  const globals = template.has("Globals") ? readGlobals(template.get("Globals")) : new Map<string, Dict>();
  for (const [logicalId, resource] of section(template, "Resources").entries()) {
    if (!isDict(resource) || !isSamResource(resource)) continue;
    const type = textOf(resource.get("Type")) ?? "";
    const own = resource.has("Properties") ? resource.get("Properties") : Dict.plain();
    const shared = globals.get(type);
    resource.put("Properties", shared && isDict(own) ? merge(applicable(logicalId, resource, shared), own) : own);
  }
  template.delete("Globals");
  setOpenApiVersions(template);
};

const readGlobals = (value: Value): Map<string, Dict> => {
  const invalid = (problem: string) => new InvalidDocument([new InvalidGlobals(problem)]);
  if (!isDict(value)) throw invalid("It must be a non-empty dictionary");
  const globals = new Map<string, Dict>();
  for (const [name, properties] of value.entries()) {
    const supported = own(GLOBAL_PROPERTIES, name);
    if (!supported) {
      const names = Object.keys(GLOBAL_PROPERTIES).sort();
      throw invalid(`'${name}' is not supported. Must be one of the following values - ${shownNames(names)}`);
    }
    // AWS: the name of the section is not filled in.
    if (!isDict(properties)) throw invalid("Value of ${section} must be a dictionary");
    for (const key of properties.keys()) {
      if (supported.includes(key)) continue;
      throw invalid(
        `'${key}' is not a supported property of '${name}'. Must be one of the following values - ${shownNames(supported)}`,
      );
    }
    globals.set(PREFIX + name, properties);
  }
  return globals;
};

/** IgnoreGlobals: a resource may waive some or all global properties. */
const applicable = (logicalId: string, resource: Dict, shared: Dict): Dict => {
  const ignored = resource.get("IgnoreGlobals");
  if (!truthy(ignored)) return shared;
  if (textOf(ignored) === "*") return Dict.plain();
  const problem = `Resource ${logicalId} has invalid resource attribute 'IgnoreGlobals'`;
  if (!Array.isArray(ignored)) throw new InvalidDocument([new InvalidResource(logicalId, `${problem}.`)]);
  const rest = shared.deepCopy();
  for (const name of ignored) {
    const key = textOf(name) ?? "";
    if (!rest.has(key)) {
      throw new InvalidDocument([new InvalidResource(logicalId, `${problem} on item '${shown(name)}'.`)]);
    }
    rest.delete(key);
  }
  return rest;
};

/** Maps are merged key by key and lists joined, the global part first; of all else the resource's own wins. */
const merge = (shared: Dict, own: Dict): Dict => {
  const merged = shared.shallowCopy();
  for (const [key, value] of own.entries()) {
    merged.set(key, merged.has(key) ? mergeValues(merged.get(key), value) : value);
  }
  return merged;
};

const mergeValues = (shared: Value, own: Value): Value => {
  if (isPlainMap(shared) && isPlainMap(own)) return merge(shared, own);
  return Array.isArray(shared) && Array.isArray(own) ? [...shared, ...own] : own;
};

const isPlainMap = (value: Value): value is Dict => isDict(value) && !isIntrinsic(value);

/** Documents that the transform manages take the version of OpenApiVersion. */
const setOpenApiVersions = (template: Dict): void => {
  for (const resource of section(template, "Resources").values()) {
    if (!isDict(resource) || textOf(resource.get("Type")) !== "AWS::Serverless::Api") continue;
    const properties = section(resource, "Properties");
    const version = properties.get("OpenApiVersion");
    if (!properties.has("OpenApiVersion") || !properties.has("__MANAGE_SWAGGER") || !isOpenApi3(version)) continue;
    if (!isText(version)) properties.set("OpenApiVersion", literal(shown(version)));
    const body = properties.get("DefinitionBody");
    if (!isDict(body)) continue;
    body.put("openapi", properties.get("OpenApiVersion"));
    if (truthy(body.get("swagger"))) body.delete("swagger");
  }
};
