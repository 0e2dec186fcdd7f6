import { sub } from "../intrinsics.ts";
import { Dict, literal, type Value } from "../values/value.ts";
import type { ConnectorEnd } from "./endpoint.ts";

/** The values that a profile's `%{variables}` stand for. */
export type ProfileVariables = ReadonlyMap<string, Value>;

export const profileVariables = (source: ConnectorEnd, destination: ConnectorEnd): ProfileVariables =>
  new Map([
    ["Source.Arn", source.arn],
    ["Destination.Arn", destination.arn],
    ["Source.ResourceId", source.resourceId],
    ["Destination.ResourceId", destination.resourceId],
    ["Source.Name", source.name],
    ["Destination.Name", destination.name],
    ["Source.Qualifier", source.qualifier],
    ["Destination.Qualifier", destination.qualifier],
  ]);

/** A variable that a profile needs and an end does not have. */
export class MissingVariable extends Error {}

/** Fills a profile's text: a variable alone becomes its value, others become variables of an `Fn::Sub`. */
export const filled = (text: string, variables: ProfileVariables): Value => {
  let result = text;
  const used = Dict.plain();
  for (const [name, value] of variables) {
    const pattern = `%{${name}}`;
    if (!result.includes(pattern)) continue;
    if (value === null) throw new MissingVariable(`${name} is missing.`);
    if (result === pattern) return value;
    const variable = name.replace(/[^A-Za-z0-9]/g, "");
    result = result.replaceAll(pattern, () => `\${${variable}}`);
    used.put(variable, value);
  }
  return result.includes("${") ? sub(literal(result), used) : literal(result);
};
