import type { Parameter, Stack } from "@aws-sdk/client-cloudformation";
import type { OutlinedParameter } from "./outline.ts";
import { LaunchFailed } from "./progress.ts";

type WithParameters = Pick<Stack, "Parameters"> | undefined;

/** Of each parameter the value given, or that it keeps the one which the stack has; the others have their defaults. */
export const stackParameters = (
  names: Iterable<string>,
  given: Readonly<Record<string, string>>,
  existing: WithParameters,
): Parameter[] => {
  const known = namesOf(existing);
  return [...names].flatMap((ParameterKey): Parameter[] => {
    const ParameterValue = given[ParameterKey];
    if (ParameterValue !== undefined) return [{ ParameterKey, ParameterValue }];
    return known.has(ParameterKey) ? [{ ParameterKey, UsePreviousValue: true }] : [];
  });
};

/** Throws LaunchFailed where a parameter is left without a value. */
export const requireValues = (
  declared: readonly OutlinedParameter[],
  given: Iterable<string>,
  existing: WithParameters,
): void => {
  const known = new Set([...given, ...namesOf(existing)]);
  const missing = declared.filter(({ name, hasDefault }) => !hasDefault && !known.has(name));
  if (missing.length === 0) return;
  const listed = missing.map(({ name, description }) => (description ? `${name} (${description})` : name)).join(", ");
  throw new LaunchFailed(
    missing.length > 1 ? `These parameters have no value: ${listed}.` : `The parameter ${listed} has no value.`,
    `aloft launch --parameter ${missing.map(({ name }) => `${name}=VALUE`).join(" ")}`,
  );
};

const namesOf = (stack: WithParameters): ReadonlySet<string> =>
  new Set(stack?.Parameters?.flatMap(({ ParameterKey }) => ParameterKey ?? []));
