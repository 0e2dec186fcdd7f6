import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { isJsonMap, type Json, type JsonMap } from "./readTemplate.ts";
import { type Finding, referenceFindings } from "./referenceFindings.ts";

type Spec = ReturnType<typeof loadAwsServiceSpecSync>;
type SpecProperties = Extract<ReturnType<typeof lookUp>, object>["properties"];
type PropertyType = SpecProperties[string]["type"];

const RESOURCE_ATTRIBUTES = [
  "Type",
  "Properties",
  "Condition",
  "CreationPolicy",
  "DeletionPolicy",
  "DependsOn",
  "Metadata",
  "UpdatePolicy",
  "UpdateReplacePolicy",
  "Connectors",
  "IgnoreGlobals",
];

let loaded: Spec | undefined;

/** What is wrong in a template by the published specification: types, names, required properties, kinds, known values. */
export function specFindings(template: JsonMap): Finding[] {
  const resources = template["Resources"];
  if (!isJsonMap(resources)) return [{ path: "Resources", message: "is required" }];
  const found = Object.entries(resources).flatMap(([id, resource]) => resourceFindings(`Resources/${id}`, resource));
  return [...found, ...referenceFindings(template)];
}

function lookUp(type: string) {
  loaded ??= loadAwsServiceSpecSync();
  return loaded.lookup("resource", "cloudFormationType", "equals", type)[0];
}

function resourceFindings(path: string, resource: Json): Finding[] {
  if (!isJsonMap(resource)) return [{ path, message: "is not a map" }];
  const type = resource["Type"];
  if (typeof type !== "string") return [{ path: `${path}/Type`, message: "is required" }];
  const spec = lookUp(type);
  if (!spec) return [{ path: `${path}/Type`, message: `there is no resource type ${type}` }];
  const unknown = Object.keys(resource)
    .filter((name) => !RESOURCE_ATTRIBUTES.includes(name))
    .map((name) => ({ path: `${path}/${name}`, message: "is not an attribute of a resource" }));
  const properties = resource["Properties"] ?? {};
  // The specification's entries for SAM are old below the first level: only the names are certain.
  const check = type.startsWith("AWS::Serverless::") ? unknownNames : objectFindings;
  return [...unknown, ...check(`${path}/Properties`, properties, spec.properties)];
}

function unknownNames(path: string, value: Json, properties: SpecProperties): Finding[] {
  if (!isJsonMap(value)) return [{ path, message: "is not a map" }];
  return Object.keys(value)
    .filter((name) => properties[name] === undefined)
    .map((name) => ({ path: `${path}/${name}`, message: "is not a property" }));
}

function objectFindings(path: string, value: Json, properties: SpecProperties): Finding[] {
  if (!isJsonMap(value)) return [{ path, message: "is not a map" }];
  const missing = Object.entries(properties)
    .filter(([name, property]) => property.required === true && value[name] === undefined)
    .map(([name]) => ({ path: `${path}/${name}`, message: "is required" }));
  const wrong = Object.entries(value).flatMap(([name, item]) => {
    const property = properties[name];
    return property ? valueFindings(`${path}/${name}`, item, property.type) : [];
  });
  return [...missing, ...unknownNames(path, value, properties), ...wrong];
}

function valueFindings(path: string, value: Json, type: PropertyType): Finding[] {
  const branches = chosenBy(value);
  if (branches) return branches.flatMap((branch, at) => valueFindings(`${path}/Fn::If/${at + 1}`, branch, type));
  if (isIntrinsic(value)) return [];
  switch (type.type) {
    case "string":
      return stringFindings(path, value, type.allowedValues);
    case "integer":
    case "number":
      return Number.isFinite(Number(value)) && !isObject(value) ? [] : [{ path, message: "is not a number" }];
    case "boolean":
      return ["true", "false"].includes(String(value)) ? [] : [{ path, message: "is not true or false" }];
    case "array":
      if (!Array.isArray(value)) return [{ path, message: "is not a list" }];
      return value.flatMap((item, at) => valueFindings(`${path}/${at}`, item, type.element));
    case "map":
      if (!isJsonMap(value)) return [{ path, message: "is not a map" }];
      return Object.entries(value).flatMap(([name, item]) => valueFindings(`${path}/${name}`, item, type.element));
    case "ref":
      loaded ??= loadAwsServiceSpecSync();
      return objectFindings(path, value, loaded.get("typeDefinition", type.reference).properties);
    case "union":
      return unionFindings(path, value, type.types);
    default:
      return [];
  }
}

function stringFindings(path: string, value: Json, allowed: readonly string[] | undefined): Finding[] {
  if (isObject(value)) return [{ path, message: "is not a text" }];
  if (!allowed || allowed.includes(String(value))) return [];
  return [{ path, message: `is ${value}, which is none of ${allowed.join(", ")}` }];
}

/** The findings of the kind that fits best: one that fits has none. "Any JSON" says nothing beside a known structure. */
function unionFindings(path: string, value: Json, types: readonly PropertyType[]): Finding[] {
  const structured = types.some(({ type }) => type === "array" || type === "map" || type === "ref");
  const telling = types.filter(({ type }) => !structured || type !== "json");
  const [first, ...others] = telling.map((type) => valueFindings(path, value, type));
  return others.reduce((best, each) => (each.length < best.length ? each : best), first ?? []);
}

/** Both values that an `Fn::If` may give, or undefined for anything else. */
function chosenBy(value: Json): Json[] | undefined {
  const choice = isJsonMap(value) ? value["Fn::If"] : undefined;
  return Array.isArray(choice) ? choice.slice(1) : undefined;
}

function isIntrinsic(value: Json): boolean {
  if (!isJsonMap(value)) return false;
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && name !== undefined && (name === "Ref" || name.startsWith("Fn::"));
}

function isObject(value: Json): boolean {
  return typeof value === "object";
}
