import type { Context } from "../../../kernel/context.ts";
import { errorCode } from "../../../kernel/errors.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import type { ParameterRecord, StackDefinition } from "../records.ts";
import type { Room } from "../room.ts";
import { readParameters } from "../template/parameters/definition.ts";
import {
  type GivenParameter,
  type ParameterStore,
  parameterReferences,
  parameterValues,
  storedValues,
} from "../template/parameters/values.ts";
import { pseudoParameters, type Surroundings } from "../template/pseudoParameters.ts";

/** Every parameter's value for a request, checked, and sealed where it must not be shown. */
export const takeParameters = async (
  room: Room,
  ctx: Context,
  body: JsonObject,
  given: readonly GivenParameter[],
  previous: Pick<StackDefinition, "parameters"> | undefined,
): Promise<readonly ParameterRecord[]> => {
  const definitions = readParameters(body);
  const values = parameterValues(definitions, given, previous && plainValues(room, previous.parameters));
  const stored = await storedValues(definitions, values, parameterStore(ctx));
  return [...definitions.values()].flatMap(({ name, noEcho }) => {
    const value = values.get(name);
    if (value === undefined) return [];
    const record = { name, stored: stored.get(name), isSealed: noEcho };
    return [{ ...record, value: noEcho ? room.deps.cipher.seal(value) : value }];
  });
};

/** The values of kept parameters, unsealed. */
export const plainValues = (room: Room, parameters: readonly ParameterRecord[]): ReadonlyMap<string, string> =>
  new Map(
    parameters.map(({ name, value, isSealed }) => [name, isSealed ? room.deps.cipher.open(value).toString() : value]),
  );

/** What `Ref` gives for each parameter of a template that is not compiled yet. */
export const openParameters = (
  room: Room,
  body: JsonObject,
  taken: readonly ParameterRecord[],
  around: Surroundings,
): ReadonlyMap<string, JsonValue> => {
  const stored = new Map(taken.flatMap(({ name, stored }) => (stored === undefined ? [] : [[name, stored] as const])));
  return new Map([
    ...pseudoParameters(around),
    ...parameterReferences(readParameters(body), plainValues(room, taken), stored),
  ]);
};

const parameterStore = (ctx: Context): ParameterStore => ({
  value: async (name) => {
    try {
      const { Parameter } = await ctx.call("ssm", "GetParameter", { Name: name });
      return Parameter?.Value;
    } catch (error) {
      if (errorCode(error) === "ParameterNotFound") return undefined;
      throw error;
    }
  },
});
