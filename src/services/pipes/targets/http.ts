import { askEndpoint, httpParametersOf } from "../execution/http.ts";
import { plainEvent } from "../execution/transform.ts";
import type { Deliver } from "./delivery.ts";

/** AWS: an API is asked with one event, which is no list. */
export const toEndpoint: Deliver = async (execution, { arn, events, inputs }) => {
  const [request = "{}"] = inputs;
  const parameters = httpParametersOf(execution.pipe.targetParameters?.HttpParameters, events[0] ?? plainEvent({}));
  return { request, response: await askEndpoint(execution, arn, request, parameters) };
};
