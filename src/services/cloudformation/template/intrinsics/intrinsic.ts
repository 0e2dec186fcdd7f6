import { isJsonObject, type JsonObject, type JsonValue } from "../../../../kernel/json.ts";
import type { TemplatePath } from "../errors.ts";
import type { Mapping } from "../model.ts";

/** What `Ref: AWS::NoValue` resolves to: whoever holds it leaves the member out. */
export const NO_VALUE: unique symbol = Symbol("AWS::NoValue");

/** A function's result. */
export type Resolved = JsonValue | typeof NO_VALUE;

/**
 * Stands for a value that exists only once a resource does. AWS: change sets show this very text, also within what
 * Fn::Sub makes; what other functions make of it is shown as it.
 */
export const KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}";

/** What resources have become, as far as that is known. */
export interface ResourceValues {
  /** What `Ref` gives; undefined while it is not known. */
  reference(logicalId: string): JsonValue | undefined;
  /** What `Fn::GetAtt` gives; undefined while it is not known. */
  attribute(logicalId: string, name: string): JsonValue | undefined;
}

/** All that functions are evaluated against. */
export interface Scope {
  /** Parameters and pseudo parameters. */
  readonly parameters: ReadonlyMap<string, JsonValue>;
  readonly mappings: ReadonlyMap<string, Mapping>;
  /** Each condition's outcome. */
  readonly condition: (name: string) => boolean | undefined;
  readonly resources: ResourceValues;
  /** An export of another stack in this account and region. */
  readonly exported: (name: string) => string | undefined;
  readonly availabilityZones: (region: string) => readonly string[];
  readonly resolve: (node: JsonValue) => Resolved;
}

/** One of the template language's functions. */
export interface Intrinsic {
  readonly name: string;
  /** Refuses an argument of a shape the function does not take; what functions inside it give is seen in `resolve`. */
  readonly check: (argument: JsonValue, path: TemplatePath) => void;
  readonly resolve: (argument: JsonValue, scope: Scope) => Resolved;
}

/** The one key of an object that is a function call and its argument; undefined for any other value. */
export const callOf = (node: JsonValue): { readonly name: string; readonly argument: JsonValue } | undefined => {
  if (!isJsonObject(node)) return undefined;
  const [only, ...rest] = Object.entries(node);
  if (only === undefined || rest.length > 0) return undefined;
  const [name, argument] = only;
  return name === "Ref" || name.startsWith("Fn::") ? { name, argument } : undefined;
};

/** True for a value that has a call at its top, so that only its result can tell its type. */
export const isCall = (node: JsonValue): node is JsonObject => callOf(node) !== undefined;

/** The text of a string, number or boolean; undefined for lists and objects. */
export const textOf = (value: Resolved): string | undefined => {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
};

/** True when a value, or anything in it, waits for a resource. */
export const isUnknown = (value: Resolved): boolean => {
  if (typeof value === "string") return value.includes(KNOWN_AFTER_APPLY);
  if (Array.isArray(value)) return value.some(isUnknown);
  return isJsonObject(value) && Object.values(value).some(isUnknown);
};
