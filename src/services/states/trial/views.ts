import type { Standing } from "../../../engines/states/flow.ts";
import type { Verdict } from "../../../engines/states/trial.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { failureView } from "../views.ts";

/** A value as JSON. */
export type Teller = (value: JsonValue) => string;

/** AWS: what goes through unchanged is told as it was given, with its blanks. */
export const tellerOf =
  (given: readonly (readonly [JsonValue, string | undefined])[]): Teller =>
  (value) =>
    given.find(([each]) => typeof each === "object" && each === value)?.[1] ?? JSON.stringify(value);

/** How a state was left, as the answer says it. */
export const verdictView = ({ status, exit, next, failure }: Verdict, tell: Teller) => ({
  status,
  ...(exit === undefined ? {} : { output: tell(exit.output) }),
  ...(next === undefined ? {} : { nextState: next }),
  ...(failure === undefined
    ? {}
    : failureView({ error: failure.error, ...(failure.reason === undefined ? {} : { cause: failure.reason }) })),
});

/** The numbers that are told as numbers; everything else is told as JSON. */
const NUMBERS = ["maxConcurrency", "toleratedFailureCount", "toleratedFailurePercentage"];

/** What a state's data were on the way. */
export const inspectionView = (data: JsonObject, { exit, errorDetails }: Verdict, at: Standing, tell: Teller) => {
  const told = Object.entries(data).map(([name, value]) => [name, NUMBERS.includes(name) ? value : tell(value)]);
  const variables = exit?.variables ?? at.variables;
  return {
    ...Object.fromEntries(told),
    ...(Object.keys(variables).length === 0 ? {} : { variables: JSON.stringify(variables) }),
    ...(errorDetails === undefined ? {} : { errorDetails }),
  };
};
