import { InvalidResource } from "./errors.ts";
import { type Dict, isDict, isText, textOf, type Value } from "./values/value.ts";

/** What a property may be. `named` is the type as messages call it, where they do. */
export interface PropertyType {
  readonly accepts: (value: Value) => boolean;
  readonly named?: string;
}

export interface Property extends PropertyType {
  readonly required: boolean;
  /** Whether any one-key map passes, as it may be an intrinsic function. */
  readonly intrinsics: boolean;
}

export type Properties = Readonly<Record<string, Property>>;

export const TEXT: PropertyType = { accepts: isText, named: "string" };
export const MAP: PropertyType = { accepts: isDict, named: "map" };
export const LIST: PropertyType = { accepts: Array.isArray };
export const FLAG: PropertyType = { accepts: (value) => typeof value === "boolean" };
/** AWS: booleans pass for integers. */
export const WHOLE: PropertyType = {
  accepts: (value) => typeof value === "boolean" || typeof value === "number",
};
export const ANYTHING: PropertyType = { accepts: () => true };

export const oneOf = (...types: readonly PropertyType[]): PropertyType => ({
  accepts: (value) => types.some((type) => type.accepts(value)),
});

export const listOf = (item: PropertyType): PropertyType => ({
  accepts: (value) => Array.isArray(value) && value.every(item.accepts),
});

export const mapOf = (item: PropertyType): PropertyType => ({
  accepts: (value) => isDict(value) && value.values().every(item.accepts),
});

export const enumOf = (...names: readonly string[]): PropertyType => ({
  accepts: (value) => names.includes(textOf(value) ?? ""),
  named: namedChoices(names),
});

const namedChoices = (names: readonly string[]): string => {
  const quoted = names.map((name) => `'${name}'`);
  if (quoted.length === 2) return `one of the strings: ${quoted.join(" or ")}`;
  return `one of the strings: ${quoted.slice(0, -1).join(", ")}, or ${quoted.at(-1)}`;
};

/** An optional property that may be an intrinsic function. */
export const optional = (type: PropertyType): Property => ({ ...type, required: false, intrinsics: true });
export const required = (type: PropertyType): Property => ({ ...type, required: true, intrinsics: true });
/** A property that intrinsic functions cannot stand for. */
export const strict = (type: PropertyType, isRequired = false): Property => ({
  ...type,
  required: isRequired,
  intrinsics: false,
});
/** A property handed on unread. */
export const passed = (isRequired = false): Property => strict(ANYTHING, isRequired);

/** Checks a resource's or event's properties: none unknown, all of the right type, the required ones there. */
export const checkProperties = (logicalId: string, type: string, properties: Dict, known: Properties): void => {
  for (const name of properties.keys()) {
    if (!Object.hasOwn(known, name)) {
      throw new InvalidResource(logicalId, `property ${name} not defined for resource of type ${type}`);
    }
  }
  for (const [name, property] of Object.entries(known)) checkProperty(logicalId, name, property, properties.get(name));
};

const checkProperty = (logicalId: string, name: string, property: Property, value: Value): void => {
  if (property.intrinsics && isDict(value) && value.size === 1) return;
  if (value === null) {
    if (property.required) throw new InvalidResource(logicalId, `Missing required property '${name}'.`);
    return;
  }
  if (property.accepts(value)) return;
  throw new InvalidResource(
    logicalId,
    property.named === undefined
      ? `Type of property '${name}' is invalid.`
      : `Property '${name}' should be a ${property.named}.`,
  );
};
