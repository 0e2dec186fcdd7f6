import { JSONPath } from "jsonpath-plus";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { runtimeFailure, type StateFailure } from "./failure.ts";
import { listOf } from "./values.ts";

/** What a state's paths and expressions may speak of. */
export interface Scope {
  /** `$` */
  readonly input: JsonValue;
  /** `$$` */
  readonly context: JsonObject;
  /** `$name` */
  readonly variables: JsonObject;
}

/** What a path points at, or undefined. A path that may name several things gives the list of them. */
export const readPath = (path: string, scope: Scope): JsonValue | undefined => {
  const { root, rest } = rooted(path, scope);
  if (root === undefined) return undefined;
  const counted = rest.endsWith(".length()");
  const found = find(counted ? rest.slice(0, -".length()".length) : rest, root, path);
  if (!counted) return found;
  return Array.isArray(found) ? found.length : undefined;
};

/** What a state says of a path of its own that leads nowhere: AWS writes it out step by step. */
export const noResults = (path: string): StateFailure => {
  const [, root = "$", rest = ""] = /^(\$\$|\$\w*)(.*)$/s.exec(path) ?? [];
  const steps = definiteSteps(rest)?.map((step) => (typeof step === "number" ? `[${step}]` : `['${step}']`));
  return runtimeFailure(`Invalid path '${path}' : No results for path: ${steps ? root + steps.join("") : path}`);
};

/** The same of a member that a path names. */
export const pathNotFound = (path: string, field: string, input: JsonValue): StateFailure =>
  runtimeFailure(
    `The JSONPath '${path}' specified for the field '${field}' could not be found in the input '${JSON.stringify(input)}'`,
  );

const rooted = (path: string, scope: Scope): { readonly root: JsonValue | undefined; readonly rest: string } => {
  if (path.startsWith("$$")) return { root: scope.context, rest: path.slice(2) };
  const [, name = ""] = /^\$([A-Za-z_][\w]*)/.exec(path) ?? [];
  if (name !== "") return { root: scope.variables[name], rest: path.slice(name.length + 1) };
  if (!path.startsWith("$")) throw runtimeFailure(`Invalid path '${path}': Illegal character found in path.`);
  return { root: scope.input, rest: path.slice(1) };
};

const find = (rest: string, root: JsonValue, path: string): JsonValue | undefined => {
  const steps = definiteSteps(rest);
  if (steps) return follow(root, steps);
  try {
    return JSON.parse(JSON.stringify(JSONPath({ path: `$${rest}`, json: root, eval: "safe", wrap: true })));
  } catch (error) {
    throw runtimeFailure(`Invalid path '${path}': ${error instanceof Error ? error.message : String(error)}`);
  }
};

const STEP =
  /^(?:\.([^.[\]()*?@'"\s,:]+)|\[\s*'((?:[^'\\]|\\.)*)'\s*\]|\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\[\s*(-?\d+)\s*\])/;

/** The steps of a path that names exactly one thing; undefined when it may name several. */
export const definiteSteps = (rest: string): readonly (string | number)[] | undefined => {
  const steps: (string | number)[] = [];
  for (let left = rest; left !== ""; ) {
    const match = STEP.exec(left);
    if (!match) return undefined;
    const [all, plain, single, double, index] = match;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(plain ?? (single ?? double ?? "").replace(/\\(.)/g, "$1"));
    left = left.slice(all.length);
  }
  return steps;
};

const follow = (root: JsonValue, steps: readonly (string | number)[]): JsonValue | undefined => {
  let at: JsonValue | undefined = root;
  for (const step of steps) {
    if (typeof step === "number") at = Array.isArray(at) ? listOf(at).at(step) : undefined;
    else at = isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
    if (at === undefined) return undefined;
  }
  return at;
};

/** The input with a value put where a reference path says, as ResultPath does. */
export const putAt = (path: string, into: JsonValue, value: JsonValue): JsonValue => {
  const steps = definiteSteps(path.slice(1));
  if (!path.startsWith("$") || !steps) throw runtimeFailure(`Invalid path '${path}': it must be a reference path.`);
  return put(into, steps, value, path);
};

const put = (into: JsonValue, steps: readonly (string | number)[], value: JsonValue, path: string): JsonValue => {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const list = listOf(into);
    const at = list[step];
    if (at === undefined) throw noPlace(path, into);
    return list.with(step, put(at, rest, value, path));
  }
  if (into !== null && !isJsonObject(into)) throw noPlace(path, into);
  // A member of this name may be one that objects inherit: what is defined is always its own.
  const own = into !== null && Object.hasOwn(into, step) ? into[step] : undefined;
  return { ...into, [step]: put(own ?? {}, rest, value, path) };
};

const noPlace = (path: string, into: JsonValue) =>
  runtimeFailure(`Unable to apply ResultPath '${path}' to input '${JSON.stringify(into)}'`);
