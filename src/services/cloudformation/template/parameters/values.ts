import type { JsonValue } from "../../../../kernel/json.ts";
import { TemplateError } from "../errors.ts";
import { checkParameter, listItems } from "./constraints.ts";
import type { ParameterDefinition } from "./definition.ts";

/** One parameter of a request. */
export interface GivenParameter {
  readonly name: string;
  readonly value: string | undefined;
  readonly usePreviousValue: boolean;
}

/**
 * The value of every declared parameter: what is given, what the stack had before, or the default; each checked.
 *
 * `previous` is undefined when the stack is new. A stored parameter's value is still the name under which it is stored.
 */
export const parameterValues = (
  definitions: ReadonlyMap<string, ParameterDefinition>,
  given: readonly GivenParameter[],
  previous: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<string, string> => {
  refuseStrangers(definitions, given);
  const byName = new Map(given.map((parameter) => [parameter.name, parameter]));
  const values = new Map<string, string>();
  const missing: string[] = [];
  for (const definition of definitions.values()) {
    const value = givenOrDefault(definition, byName.get(definition.name), previous);
    if (value === undefined) missing.push(definition.name);
    else values.set(definition.name, value);
  }
  if (missing.length > 0) throw new TemplateError(`Parameters: [${missing.join(", ")}] must have values`);
  for (const [name, value] of values) {
    const definition = definitions.get(name);
    if (definition !== undefined) checkParameter(definition, value);
  }
  return values;
};

const refuseStrangers = (
  definitions: ReadonlyMap<string, ParameterDefinition>,
  given: readonly GivenParameter[],
): void => {
  const strangers = given.map(({ name }) => name).filter((name) => !definitions.has(name));
  if (strangers.length > 0) {
    throw new TemplateError(`Parameters: [${strangers.join(", ")}] do not exist in the template`);
  }
  const seen = new Set<string>();
  for (const { name } of given) {
    if (seen.has(name)) throw new TemplateError(`Duplicate parameter key ${name}`);
    seen.add(name);
  }
};

const givenOrDefault = (
  definition: ParameterDefinition,
  given: GivenParameter | undefined,
  previous: ReadonlyMap<string, string> | undefined,
): string | undefined => {
  if (given?.usePreviousValue !== true) return given?.value ?? definition.default;
  if (given.value) {
    throw new TemplateError(
      `Invalid input for parameter key ${given.name}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
    );
  }
  const value = previous?.get(definition.name);
  if (value === undefined) {
    throw new TemplateError(
      `Invalid input for parameter key ${given.name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
    );
  }
  return value;
};

/** Reads values from the Systems Manager parameter store, as whoever runs the stack. */
export interface ParameterStore {
  /** The newest value under a name, undefined when there is none. */
  value(name: string): Promise<string | undefined>;
}

/** What is stored under each `AWS::SSM::Parameter::Value<…>` parameter's value. */
export const storedValues = async (
  definitions: ReadonlyMap<string, ParameterDefinition>,
  values: ReadonlyMap<string, string>,
  store: ParameterStore,
): Promise<ReadonlyMap<string, string>> => {
  const stored = new Map<string, string>();
  const absent: string[] = [];
  for (const { name, type } of definitions.values()) {
    const key = values.get(name);
    if (key === undefined || !(type.isStored || type.name === "AWS::SSM::Parameter::Name")) continue;
    const value = await store.value(key);
    if (value === undefined) absent.push(key);
    else if (type.isStored) stored.set(name, value);
  }
  if (absent.length > 0) {
    throw new TemplateError(`Unable to fetch parameters [${absent.join(",")}] from parameter store for this account.`);
  }
  return stored;
};

/** What `Ref` gives for each parameter: text, or a list of texts. */
export const parameterReferences = (
  definitions: ReadonlyMap<string, ParameterDefinition>,
  values: ReadonlyMap<string, string>,
  stored: ReadonlyMap<string, string>,
): ReadonlyMap<string, JsonValue> =>
  new Map(
    [...definitions.values()].flatMap(({ name, type }): [string, JsonValue][] => {
      const value = stored.get(name) ?? values.get(name);
      if (value === undefined) return [];
      return [[name, type.isList ? listItems(value) : value]];
    }),
  );
