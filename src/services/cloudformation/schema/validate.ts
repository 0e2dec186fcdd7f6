import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { isCall, KNOWN_AFTER_APPLY } from "../template/intrinsics/intrinsic.ts";
import type { PropertySchema, PropertyType, ResourceSchema } from "./schema.ts";

/** One thing wrong with a resource's properties. */
export interface PropertyFault {
  /** From the resource's properties down. */
  readonly path: readonly (string | number)[];
  /** As the registry words it: `#/Code: extraneous key [Foo] is not permitted`. */
  readonly message: string;
}

/**
 * Everything wrong with a resource's properties by its type's schema.
 *
 * Functions may stand anywhere in them: what a function gives is not known here and counts as right.
 */
export const propertyFaults = (schema: ResourceSchema, properties: JsonObject): readonly PropertyFault[] => {
  const faults: PropertyFault[] = [];
  checkObject(properties, schema.properties, { schema, faults, path: [] });
  return faults;
};

/** The service's sentence for a resource whose properties are wrong. */
export const faultSentence = (logicalId: string, faults: readonly PropertyFault[]): string =>
  `Properties validation failed for resource ${logicalId} with message:\n${faults.map(({ message }) => message).join("\n")}`;

interface Place {
  readonly schema: ResourceSchema;
  readonly faults: PropertyFault[];
  readonly path: readonly (string | number)[];
}

const checkObject = (value: JsonObject, members: ReadonlyMap<string, PropertySchema>, place: Place): void => {
  for (const member of members.values()) {
    if (member.isRequired && !Object.hasOwn(value, member.name)) {
      report(place, `required key [${member.name}] not found`);
    }
  }
  const isOpen = place.schema.isOpen && place.path.length === 0;
  for (const [key, item] of Object.entries(value)) {
    const member = members.get(key);
    const at = { ...place, path: [...place.path, key] };
    if (member !== undefined) checkType(item, member.type, at);
    // A macro in place of members says nothing until it has run.
    else if (!isOpen && key !== "Fn::Transform") {
      place.faults.push({ path: at.path, message: `${pointer(place.path)}: extraneous key [${key}] is not permitted` });
    }
  }
};

const checkType = (value: JsonValue, type: PropertyType, place: Place): void => {
  if (isCall(value) || value === KNOWN_AFTER_APPLY) return;
  switch (type.kind) {
    case "json":
      return;
    case "object":
      if (isJsonObject(value)) checkObject(value, place.schema.definitions(type.definition), place);
      else reportType(place, "JSONObject", value);
      return;
    case "list":
      // AWS: one value is taken for a list of one in the types that came before the registry; the rooms see a list.
      if (!Array.isArray(value)) reportType(place, "JSONArray", value);
      else
        for (const [index, item] of value.entries())
          checkType(item, type.element, { ...place, path: [...place.path, index] });
      return;
    case "map":
      if (!isJsonObject(value)) reportType(place, "JSONObject", value);
      else
        for (const [key, item] of Object.entries(value))
          checkType(item, type.element, { ...place, path: [...place.path, key] });
      return;
    case "union":
      checkUnion(value, type.types, place);
      return;
    default:
      checkScalar(value, type, place);
  }
};

const checkUnion = (value: JsonValue, types: readonly PropertyType[], place: Place): void => {
  const results = types.map((type) => {
    const faults: PropertyFault[] = [];
    checkType(value, type, { ...place, faults });
    return faults;
  });
  const best = results.reduce((fewest, faults) => (faults.length < fewest.length ? faults : fewest));
  place.faults.push(...best);
};

/** AWS: scalars are taken in each other's clothes, `"128"` for 128 and `true` for `"true"`. */
const checkScalar = (
  value: JsonValue,
  type: Extract<PropertyType, { kind: "string" | "integer" | "number" | "boolean" | "json" | "enum" }>,
  place: Place,
): void => {
  if (typeof value === "object") {
    reportType(place, EXPECTED[type.kind], value);
    return;
  }
  const text = String(value);
  if (text.includes("{{resolve:")) return;
  switch (type.kind) {
    case "enum":
      if (!type.values.includes(text)) report(place, `${text} is not a valid enum value`);
      return;
    case "boolean":
      if (!/^(true|false)$/i.test(text)) reportType(place, "Boolean", value);
      return;
    case "integer":
      if (!/^[-+]?\d+(\.0+)?$/.test(text)) reportType(place, "Integer", value);
      return;
    case "number":
      if (text.trim() === "" || Number.isNaN(Number(text))) reportType(place, "Number", value);
      return;
    default:
      return;
  }
};

const EXPECTED = {
  string: "String",
  enum: "String",
  integer: "Integer",
  number: "Number",
  boolean: "Boolean",
  json: "JSONObject",
} as const;

const reportType = (place: Place, expected: string, value: JsonValue): void =>
  report(place, `expected type: ${expected}, found: ${typeName(value)}`);

const report = ({ faults, path }: Place, what: string): void => {
  faults.push({ path, message: `${pointer(path)}: ${what}` });
};

const typeName = (value: JsonValue): string => {
  if (Array.isArray(value)) return "JSONArray";
  if (value === null) return "Null";
  switch (typeof value) {
    case "object":
      return "JSONObject";
    case "boolean":
      return "Boolean";
    case "number":
      return Number.isInteger(value) ? "Integer" : "Double";
    default:
      return "String";
  }
};

const pointer = (path: readonly (string | number)[]): string => (path.length === 0 ? "#" : `#/${path.join("/")}`);
