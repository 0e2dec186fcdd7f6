import type { ValidateFunction } from "ajv";
import draft04 from "ajv-draft-04";
import { faultTexts } from "./faultTexts.ts";

interface Model {
  readonly name: string;
  readonly schema?: string | undefined;
}

/** What is wrong with a body by the model of a name; undefined where nothing is, or there is no such model. */
export type ModelFaults = (model: string, body: string) => string | undefined;

/** Holds bodies against an API's models, which refer to each other by their addresses; each is compiled at its first use. */
export const modelFaults = (models: readonly Model[], addressOf: (model: string) => string): ModelFaults => {
  const compiled = new Map<string, ValidateFunction | undefined>();
  const validatorOf = (name: string): ValidateFunction | undefined => {
    if (!compiled.has(name)) compiled.set(name, compile(models, addressOf, name));
    return compiled.get(name);
  };
  return (name, text) => {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return "Invalid JSON";
    }
    const validate = validatorOf(name);
    if (!validate || validate(body)) return undefined;
    return `[${faultTexts(validate.errors ?? []).join(", ")}]`;
  };
};

const compile = (
  models: readonly Model[],
  addressOf: (model: string) => string,
  name: string,
): ValidateFunction | undefined => {
  const ajv = new draft04.default({ strict: false, allErrors: true, verbose: true, logger: false });
  for (const model of models) {
    const schema: unknown = JSON.parse(model.schema || "{}");
    if (typeof schema === "object" && schema !== null) ajv.addSchema(schema, addressOf(model.name));
  }
  return ajv.getSchema(addressOf(name));
};
