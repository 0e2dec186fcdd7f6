import { InvalidEvent } from "../errors.ts";
import { event as eventSubject, expectMap } from "../expect.ts";
import {
  addRequestModel,
  addRequestParameters,
  addRequestValidator,
  type RequestParameter,
} from "../openapi/requests.ts";
import type { RestDocument } from "../openapi/restDocument.ts";
import { shown } from "../values/text.ts";
import { isDict, textOf, truthy, type Value } from "../values/value.ts";
import type { EventSource } from "./eventSource.ts";
import type { LinkedApi } from "./linkedApi.ts";
import type { Route } from "./route.ts";

/** RequestModel: the body a method expects, and whether API Gateway checks it. */
export const addRequestModelOf = (source: EventSource, api: LinkedApi, route: Route, document: RestDocument): void => {
  const given = source.properties.get("RequestModel");
  if (!truthy(given)) return;
  const config = expectMap(given, eventSubject(source.eventId), "RequestModel");
  const model = config.get("Model");
  if (!truthy(model)) return;
  const where = `on API method [${route.method}] for path [${route.path}]`;
  const unable = `Unable to set RequestModel [${shown(model)}] ${where} because`;
  const invalid = (problem: string) => new InvalidEvent(source.eventId, problem);
  const models = api.properties.get("Models");
  if (!truthy(models)) throw invalid(`${unable} the related API does not define any Models.`);
  if (!isDict(models)) throw invalid(`${unable} the related API Models defined is of invalid type.`);
  const name = textOf(model);
  if (name === undefined) throw invalid(`${unable} the related API does not contain valid Models.`);
  if (!truthy(models.get(name))) throw invalid(`${unable} it wasn't defined in the API's Models.`);
  addRequestModel(document, route.path, route.method, name, config.get("Required"));
  const [body, parameters] = [config.get("ValidateBody"), config.get("ValidateParameters")];
  if (body === null && parameters === null) return;
  const validate = { body: body ?? false, parameters: parameters ?? false };
  if (typeof validate.body !== "boolean" || typeof validate.parameters !== "boolean") {
    throw invalid(
      `Unable to set Validator to RequestModel [${name}] ${where} ValidateBody and ValidateParameters must be a boolean type, strings or intrinsics are not supported.`,
    );
  }
  addRequestValidator(document, route.path, route.method, {
    body: validate.body,
    parameters: validate.parameters,
  });
};

/** RequestParameters: what a method reads from its request, and what it is cached by. */
export const addRequestParametersOf = (source: EventSource, route: Route, document: RestDocument): void => {
  const given = source.properties.get("RequestParameters");
  if (!truthy(given)) return;
  // AWS: a map (an intrinsic function) is taken for the list of its keys.
  const list = isDict(given) ? given.keys() : given;
  if (!Array.isArray(list)) return;
  const parameters = list.map((entry) => readParameter(source, entry));
  addRequestParameters(document, route.path, route.method, parameters);
};

const readParameter = (source: EventSource, entry: Value): RequestParameter => {
  const invalid = (problem: string) =>
    new InvalidEvent(source.eventId, `Invalid value for 'RequestParameters' property. ${problem}`);
  const name = isDict(entry) ? entry.keys()[0] : textOf(entry);
  if (name === undefined) throw invalid("Property must be either a string or an object");
  if (!/^method\.request\.(querystring|path|header)\./.test(name)) {
    throw invalid(
      "Keys must be in the format 'method.request.[querystring|path|header].{value}', e.g 'method.request.header.Authorization'.",
    );
  }
  if (!isDict(entry)) return { name, required: false, caching: false };
  const settings = entry.get(name);
  if (!isDict(settings) || !settings.keys().every((key) => key === "Required" || key === "Caching")) {
    throw invalid("Values must be an object, e.g { Required: true, Caching: false }");
  }
  return {
    name,
    required: settings.has("Required") ? settings.get("Required") : false,
    caching: truthy(settings.get("Caching")),
  };
};
