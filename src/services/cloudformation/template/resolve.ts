import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { TemplateError } from "./errors.ts";
import { callOf, NO_VALUE, type Resolved, type ResourceValues, type Scope } from "./intrinsics/intrinsic.ts";
import { INTRINSICS, SUPPORTED } from "./intrinsics/table.ts";

/** What a scope is made of; the rest follows from it. */
export type Ground = Omit<Scope, "resolve">;

/** Evaluates template values. What is not known yet comes out as `KNOWN_AFTER_APPLY`, alone or within a value. */
export interface Resolver {
  /** A value with every function in it evaluated; undefined when it is AWS::NoValue. */
  value(node: JsonValue): JsonValue | undefined;
  /** As `value`, for what must be an object. */
  object(node: JsonObject): JsonObject;
  /** The same resolver with other knowledge of resources. */
  with(resources: ResourceValues): Resolver;
}

/** Makes a resolver. */
export const resolver = (ground: Ground): Resolver => {
  const scope: Scope = { ...ground, resolve: (node) => resolve(node, scope) };
  const value = (node: JsonValue): JsonValue | undefined => {
    const resolved = resolve(node, scope);
    return resolved === NO_VALUE ? undefined : resolved;
  };
  return {
    value,
    object: (node) => {
      const resolved = value(node) ?? {};
      if (!isJsonObject(resolved)) throw new TemplateError("Template error: a function stands where an object must.");
      return resolved;
    },
    with: (resources) => resolver({ ...ground, resources }),
  };
};

/** Knowledge of no resource: all of them come after apply. */
export const noResources: ResourceValues = { reference: () => undefined, attribute: () => undefined };

const resolve = (node: JsonValue, scope: Scope): Resolved => {
  if (Array.isArray(node)) {
    return node.map((item) => resolve(item, scope)).filter((item): item is JsonValue => item !== NO_VALUE);
  }
  if (!isJsonObject(node)) return node;
  const call = callOf(node);
  if (call === undefined) return members(node, scope);
  const intrinsic = INTRINSICS.get(call.name);
  if (intrinsic === undefined) throw unsupported(call.name);
  return intrinsic.resolve(call.argument, scope);
};

const members = (node: JsonObject, scope: Scope): JsonObject => {
  const entries: [string, JsonValue][] = [];
  for (const [key, item] of Object.entries(node)) {
    const resolved = resolve(item, scope);
    if (resolved !== NO_VALUE) entries.push([key, resolved]);
  }
  return Object.fromEntries(entries);
};

/** AWS's answer to a function it does not have. */
export const unsupported = (name: string): TemplateError =>
  new TemplateError(`Template Error: Encountered unsupported function: ${name} Supported functions are: ${SUPPORTED}`);
