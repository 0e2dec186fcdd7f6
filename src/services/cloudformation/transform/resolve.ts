import { invalidStructure } from "./errors.ts";
import { onlyKey } from "./intrinsics.ts";
import { shown } from "./values/text.ts";
import { type Dict, isDict, isText, Literal, literal, textOf, type Value } from "./values/value.ts";

/** Resolves `Ref` and `Fn::Sub` to the values of template parameters, in place, wherever a value is known. */
export const resolveParameters = (value: Value, parameters: Dict): Value =>
  parameters.size === 0 ? value : walk(value, (node) => resolveParameter(node, parameters));

/** Resolves `Fn::FindInMap` against the template's mappings, in place. */
export const resolveMappings = (value: Value, mappings: Dict): Value =>
  mappings.size === 0 ? value : walk(value, (node) => findInMap(node, mappings));

type Resolver = (node: Value) => Value;

/** Applies the resolver to every node from the top, so that what it answers is walked in turn. */
export const walk = (value: Value, resolver: Resolver): Value => {
  const resolved = resolver(value);
  if (isDict(resolved)) {
    for (const [key, item] of resolved.entries()) resolved.set(key, walk(item, resolver));
  } else if (Array.isArray(resolved)) {
    for (const [index, item] of resolved.entries()) resolved[index] = walk(item, resolver);
  }
  return resolved;
};

const resolveParameter = (node: Value, parameters: Dict): Value => {
  if (!isDict(node)) return node;
  const key = onlyKey(node);
  if (key === "Ref") return refToParameter(node, parameters);
  if (key === "Fn::Sub") {
    substitute(node, (full, name) => {
      const value = parameterValue(parameters, name);
      return value === undefined ? full : value;
    });
  }
  return node;
};

const refToParameter = (node: Dict, parameters: Dict): Value => {
  const name = textOf(node.get("Ref"));
  const value = name === undefined ? undefined : parameterValue(parameters, name);
  return value === undefined ? node : value;
};

/** AWS: values that CloudFormation has yet to compute from a nested stack are passed as placeholders and left alone. */
const parameterValue = (parameters: Dict, name: string): Value | undefined => {
  if (!parameters.has(name)) return undefined;
  const value = parameters.get(name);
  return textOf(value)?.startsWith("{{IntrinsicFunction:") ? undefined : value;
};

const VARIABLE = /\$\{([A-Za-z0-9.]+|AWS::[A-Z][A-Za-z]*)\}/g;

/** Rewrites the `${variables}` of an `Fn::Sub`; variables that the Sub itself defines are not spared, as on AWS. */
export const substitute = (node: Dict, replace: (full: string, name: string) => Value): void => {
  const target = node.get("Fn::Sub");
  if (isText(target)) node.set("Fn::Sub", replaceVariables(target, replace));
  if (!Array.isArray(target)) return;
  const first = target[0] ?? null;
  if (isText(first)) target[0] = replaceVariables(first, replace);
};

const replaceVariables = (source: string | Literal, replace: (full: string, name: string) => Value): Value => {
  const text = textOf(source) ?? "";
  let substituted = text;
  for (const match of text.matchAll(VARIABLE)) {
    const value = replace(match[0], match[1] ?? "");
    const replacement = textOf(value);
    if (replacement === undefined) {
      throw invalidStructure(
        `Invalid Fn::Sub variable value ${shown(value)}. Fn::Sub expects all variables to be strings.`,
      );
    }
    substituted = substituted.replace(match[0], () => replacement);
  }
  return source instanceof Literal ? literal(substituted) : substituted;
};

const findInMap = (node: Value, mappings: Dict): Value => {
  if (!isDict(node) || onlyKey(node) !== "Fn::FindInMap") return node;
  const path = node.get("Fn::FindInMap");
  if (!Array.isArray(path) || path.length !== 3) {
    throw invalidStructure(`Invalid FindInMap value ${shown(path)}. FindInMap expects an array with 3 values.`);
  }
  const [map, top, second] = path.map((key) => textOf(findInMap(key, mappings)));
  if (map === undefined || top === undefined || second === undefined || !mappings.has(map)) return node;
  const level = twoLevels(mappings.get(map), map);
  if (!level.has(top)) return node;
  const values = twoLevels(level.get(top), map);
  return values.has(second) ? values.get(second) : node;
};

const twoLevels = (value: Value, map: string): Dict => {
  if (isDict(value)) return value;
  throw invalidStructure(`Cannot use Fn::FindInMap on Mapping '${map}' which is not a a two-level map.`);
};
