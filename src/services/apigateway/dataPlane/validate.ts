import { type ModelFaults, modelFaults } from "../../../engines/gateway/modelFaults.ts";
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
  return faultsOf(request.table)(name, request.bytes.toString());
};

/** By the stage's table: a new deployment makes a new one. */
const known = new WeakMap<StageTable, ModelFaults>();

const faultsOf = (table: StageTable): ModelFaults => {
  const found = known.get(table);
  if (found) return found;
  const addressOf = (name: string) => `https://apigateway.amazonaws.com/restapis/${table.api.id}/models/${name}`;
  const made = modelFaults(table.snapshot.models ?? [], addressOf);
  known.set(table, made);
  return made;
};
