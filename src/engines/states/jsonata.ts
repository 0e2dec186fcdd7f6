import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";
import { StateFailure } from "./failure.ts";
import { type Chance, callIntrinsic } from "./intrinsics.ts";

/** What JSONata expressions may speak of: `$states` and the variables. */
export interface ExpressionScope {
  readonly states: JsonObject;
  readonly variables: JsonObject;
}

/** A value with its `{% … %}` texts evaluated. `field` names it in refusals, such as `Arguments`. */
export const evaluateTemplate = async (
  template: JsonValue,
  scope: ExpressionScope,
  chance: Chance,
  field: string,
): Promise<JsonValue> => {
  if (typeof template === "string") {
    const expression = expressionOf(template);
    return expression === undefined ? template : evaluate(expression, scope, chance, field);
  }
  if (Array.isArray(template)) {
    const items: JsonValue[] = [];
    for (const [index, item] of template.entries())
      items.push(await evaluateTemplate(item, scope, chance, `${field}[${index}]`));
    return items;
  }
  if (!isJsonObject(template)) return template;
  const members: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(template))
    members.push([name, await evaluateTemplate(value, scope, chance, `${field}/${name}`)]);
  return Object.fromEntries(members);
};

/** The expression within `{% … %}`. */
export const expressionOf = (text: string): string | undefined =>
  text.startsWith("{%") && text.endsWith("%}") ? text.slice(2, -2).trim() : undefined;

const TIMEOUT_MS = 5000;
const MAX_STACK = 500;

const evaluate = async (
  text: string,
  { states, variables }: ExpressionScope,
  chance: Chance,
  field: string,
): Promise<JsonValue> => {
  const { default: jsonata } = await import("jsonata");
  let value: unknown;
  try {
    const expression = jsonata(text, { timeout: TIMEOUT_MS, stack: MAX_STACK });
    for (const [name, run] of Object.entries(functionsOf(chance))) expression.registerFunction(name, run);
    value = await expression.evaluate({}, { ...variables, states });
  } catch (error) {
    throw evaluationFailure(
      text,
      field,
      isJsonObject(error) || error instanceof Error ? messageOf(error) : String(error),
    );
  }
  const json = JSON.stringify(value);
  if (json === undefined) throw evaluationFailure(text, field, "The expression returned nothing (undefined)");
  // The library's own lists carry marks that JSON does not: what is stored is what was meant.
  return JSON.parse(json);
};

const messageOf = (error: object): string => ("message" in error ? String(error.message) : JSON.stringify(error));

const evaluationFailure = (text: string, field: string, why: string) =>
  new StateFailure(
    "States.QueryEvaluationError",
    `The JSONata expression '${text}' specified for the field '${field}' could not be evaluated. ${why}`,
    field,
  );

/** What Step Functions adds to JSONata. https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
const functionsOf = (chance: Chance): Readonly<Record<string, (...args: JsonValue[]) => unknown>> => {
  const intrinsic =
    (name: string) =>
    (...args: JsonValue[]): JsonValue =>
      callIntrinsic(
        `States.${name}(${args.map((_arg, index) => `$[${index}]`).join(", ")})`,
        { input: args, context: {}, variables: {} },
        chance,
      );
  return {
    partition: intrinsic("ArrayPartition"),
    range: intrinsic("ArrayRange"),
    hash: intrinsic("Hash"),
    random: (seed) => (seed === undefined ? chance.random() : fractionOf(seed)),
    uuid: () => chance.uuid(),
    parse: intrinsic("StringToJson"),
  };
};

const fractionOf = (seed: JsonValue): number =>
  createHash("sha256").update(String(seed)).digest().readUInt32BE(0) / 2 ** 32;
