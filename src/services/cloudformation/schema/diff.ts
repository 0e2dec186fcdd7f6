import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { PropertySchema, PropertyType, ResourceSchema } from "./schema.ts";

/** A difference between two states of one resource's properties. */
export interface PropertyChange {
  /** JSON pointer from the resource: `/Properties/Environment/Variables/STAGE`. */
  readonly path: string;
  /** The property of the resource that the change lies in. */
  readonly name: string;
  readonly requiresRecreation: "Never" | "Conditionally" | "Always";
  readonly changeType: "Add" | "Remove" | "Modify";
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** Every difference between two resolved states, at the deepest property that the schema knows. */
export const propertyChanges = (
  schema: ResourceSchema,
  before: JsonObject,
  after: JsonObject,
): readonly PropertyChange[] => {
  const changes: PropertyChange[] = [];
  compareMembers(before, after, schema.properties, {
    schema,
    changes,
    path: "/Properties",
    name: undefined,
    inherited: "Never",
  });
  return changes;
};

/** The strongest need for a new resource among some changes. */
export const replacementOf = (changes: readonly PropertyChange[]): "True" | "False" | "Conditional" => {
  if (changes.some(({ requiresRecreation }) => requiresRecreation === "Always")) return "True";
  return changes.some(({ requiresRecreation }) => requiresRecreation === "Conditionally") ? "Conditional" : "False";
};

/** Whether two JSON values are the same, whatever the order of their keys. */
export const sameJson = (left: JsonValue | undefined, right: JsonValue | undefined): boolean => {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameJson(item, right[index]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
};

interface Place {
  readonly schema: ResourceSchema;
  readonly changes: PropertyChange[];
  readonly path: string;
  readonly name: string | undefined;
  readonly inherited: PropertyChange["requiresRecreation"];
}

const compareMembers = (
  before: JsonObject,
  after: JsonObject,
  members: ReadonlyMap<string, PropertySchema>,
  place: Place,
): void => {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const member = members.get(key);
    compare(before[key], after[key], member?.type ?? { kind: "json" }, {
      ...place,
      path: `${place.path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
      name: place.name ?? key,
      inherited: stronger(place.inherited, member?.replaces ?? "Never"),
    });
  }
};

const compare = (
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  type: PropertyType,
  place: Place,
): void => {
  if (sameJson(before, after)) return;
  if (isJsonObject(before) && isJsonObject(after) && type.kind === "object") {
    compareMembers(before, after, place.schema.definitions(type.definition), place);
  } else if (isJsonObject(before) && isJsonObject(after) && type.kind === "map") {
    compareMap(before, after, type.element, place);
  } else if (Array.isArray(before) && Array.isArray(after) && type.kind === "list") {
    compareList(before, after, type.element, place);
  } else {
    place.changes.push({
      path: place.path,
      name: place.name ?? "",
      requiresRecreation: place.inherited,
      changeType: before === undefined ? "Add" : after === undefined ? "Remove" : "Modify",
      before,
      after,
    });
  }
};

const compareMap = (before: JsonObject, after: JsonObject, element: PropertyType, place: Place): void => {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    compare(before[key], after[key], element, { ...place, path: `${place.path}/${key}` });
  }
};

const compareList = (
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  element: PropertyType,
  place: Place,
): void => {
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    compare(before[index], after[index], element, { ...place, path: `${place.path}/${index}` });
  }
};

const STRENGTH = { Never: 0, Conditionally: 1, Always: 2 } as const;

const stronger = (
  left: PropertyChange["requiresRecreation"],
  right: PropertyChange["requiresRecreation"],
): PropertyChange["requiresRecreation"] => (STRENGTH[right] > STRENGTH[left] ? right : left);
