import type { ValidateFunction } from "ajv";
import draft04 from "ajv-draft-04";
import type { ModelRecord } from "../records.ts";
import { mappedValue } from "./mapping.ts";
import { headerOf, type MethodRequest } from "./request.ts";
import type { StageTable } from "./served.ts";
import { mediaType } from "./templates.ts";

/** The names of parameters a method asks for and the request has not. */
export const missingParameters = (request: MethodRequest): string[] =>
  Object.entries(request.match.target.method.requestParameters ?? {})
    .filter(([name, required]) => required && !mappedValue(request, name))
    .map(([name]) => name)
    // AWS: headers, paths and queries, in this order.
    .sort()
    .map((name) => name.split(".").slice(3).join("."));

/**
 * What is wrong with a request's body by the model of its content type; undefined when nothing is, or no model speaks of
 * it. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export const bodyFault = (request: MethodRequest): string | undefined => {
  const models = request.match.target.method.requestModels ?? {};
  const type = mediaType(headerOf(request, "content-type")) ?? "application/json";
  const name = models[type] ?? models["$default"];
  if (name === undefined) return undefined;
  let body: unknown;
  try {
    body = JSON.parse(request.bytes.toString());
  } catch {
    return "Invalid JSON";
  }
  const validate = validatorOf(request.table, name);
  if (!validate || validate(body)) return undefined;
  const faults = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "object"} ${message}`);
  return `[${faults.join(", ")}]`;
};

/** Compiled models, by the stage's table: a new deployment makes a new one. */
const compiled = new WeakMap<StageTable, Map<string, ValidateFunction | undefined>>();

const validatorOf = (table: StageTable, name: string): ValidateFunction | undefined => {
  const known = compiled.get(table) ?? new Map<string, ValidateFunction | undefined>();
  compiled.set(table, known);
  if (!known.has(name)) known.set(name, compile(table.snapshot.models ?? [], table.api.id, name));
  return known.get(name);
};

const compile = (models: readonly ModelRecord[], apiId: string, name: string): ValidateFunction | undefined => {
  const ajv = new draft04.default({ strict: false, allErrors: true, logger: false });
  for (const model of models) {
    const schema: unknown = JSON.parse(model.schema || "{}");
    // AWS: models refer to each other by this address.
    if (typeof schema === "object" && schema !== null) ajv.addSchema(schema, addressOf(apiId, model.name));
  }
  return ajv.getSchema(addressOf(apiId, name));
};

const addressOf = (apiId: string, name: string): string =>
  `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;
