import type { Parameter } from "@aws-sdk/client-cloudformation";
import type { Context } from "../../../kernel/context.ts";
import { takeParameters } from "../definition/parameters.ts";
import type { ParameterRecord } from "../givenRecords.ts";
import { stackRequest } from "../requests.ts";
import type { Room } from "../room.ts";
import { parseTemplate } from "../template/parse.ts";
import type { StackSetRecord } from "./records.ts";

/** From what an instance overrides to what it shall override. */
type Overriding = (present: readonly ParameterRecord[]) => readonly ParameterRecord[];

/**
 * What a request's `ParameterOverrides` makes of those an instance has. AWS: no list leaves them, a list takes the place
 * of them all, and what it names with `UsePreviousValue` stays as it is.
 */
export const overriding = async (
  room: Room,
  ctx: Context,
  stackSet: StackSetRecord,
  given: readonly Parameter[] | undefined,
): Promise<Overriding> => {
  if (given === undefined) return (present) => present;
  const { body } = parseTemplate(stackSet.templateBody);
  const { parameters } = stackRequest({ Parameters: given }, { mustAcknowledgeExpansion: true });
  const named = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const others = stackSet.parameters
    .filter(({ name }) => !named.has(name))
    .map(({ name }) => ({ name, value: undefined, usePreviousValue: true }));
  const taken = await takeParameters(room, ctx, body, [...parameters, ...others], stackSet);
  return (present) =>
    taken.flatMap((parameter) => {
      const request = named.get(parameter.name);
      if (request === undefined) return [];
      return request.usePreviousValue ? present.filter(({ name }) => name === parameter.name) : [parameter];
    });
};
