import type { SamResource } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { expectMap, resource as resourceSubject } from "../expect.ts";
import { isIntrinsic } from "../intrinsics.ts";
import { shown } from "../values/text.ts";
import { Dict, isDict, isText, literal, truthy, type Value } from "../values/value.ts";
import { requireBody, requireValid } from "./inlineDocument.ts";

const RESPONSE_KEYS = ["ResponseParameters", "ResponseTemplates", "StatusCode"];
const PARAMETER_PREFIXES = [
  ["Headers", "header."],
  ["Paths", "path."],
  ["QueryStrings", "querystring."],
] as const;

/** Writes `GatewayResponses`, what API Gateway itself answers, into the document. */
export const addGatewayResponses = ({ logicalId, properties }: SamResource, body: Value): Value => {
  const responses = properties.get("GatewayResponses");
  if (!isDict(responses) || responses.size === 0) return body;
  requireBody(logicalId, body, "GatewayResponses");
  for (const [type, response] of responses.entries()) checkResponse(logicalId, type, response);
  // AWS: the message speaks of Auth.
  const document = requireValid(logicalId, body, "Auth configuration");
  for (const [type, response] of responses.entries()) {
    const config = expectMap(response, resourceSubject(logicalId), `GatewayResponses.${type}`);
    document.gatewayResponses.set(type, gatewayResponse(logicalId, type, config));
  }
  return document.finished();
};

const checkResponse = (logicalId: string, type: string, response: Value): void => {
  if (isIntrinsic(response)) {
    throw new InvalidResource(
      logicalId,
      "Unable to set GatewayResponses attribute because intrinsic functions are not supported for this field.",
    );
  }
  if (!isDict(response)) {
    throw new InvalidResource(
      logicalId,
      `Invalid property type '${typeName(response)}' for GatewayResponses. Expected an object of type 'GatewayResponse'.`,
    );
  }
  const unknown = response.keys().find((key) => !RESPONSE_KEYS.includes(key));
  if (unknown === undefined) return;
  throw new InvalidResource(logicalId, `Invalid property '${unknown}' in 'GatewayResponses' property '${type}'.`);
};

/** AWS: the names of the types that the service itself is written with. */
const typeName = (value: Value): string => {
  if (value === null) return "NoneType";
  if (isText(value)) return "Py27UniStr";
  if (Array.isArray(value)) return "list";
  if (typeof value === "boolean") return "bool";
  return typeof value === "number" ? "int" : "float";
};

const gatewayResponse = (logicalId: string, type: string, config: Dict): Dict => {
  const given = config.has("ResponseParameters") ? config.get("ResponseParameters") : Dict.hashed();
  const templates = config.has("ResponseTemplates") ? config.get("ResponseTemplates") : Dict.hashed();
  const parameters: Dict = truthy(given)
    ? expectMap(given, resourceSubject(logicalId), `GatewayResponses.${type}.ResponseParameters`)
    : Dict.hashed();
  const unknown = parameters.keys().find((key) => !PARAMETER_PREFIXES.some(([name]) => name === key));
  if (unknown !== undefined) throw new InvalidResource(logicalId, `Invalid gateway response parameter '${unknown}'`);
  const status = config.get("StatusCode");
  if (truthy(status) && !/^[0-9]{1,3}\n?$/.test(shown(status))) {
    throw new InvalidResource(logicalId, "Property 'StatusCode' must be numeric");
  }
  const response = Dict.hashed();
  response.put("responseParameters", prefixed(logicalId, parameters));
  response.put("responseTemplates", truthy(templates) ? templates : Dict.hashed());
  if (status !== null && shown(status) !== "") response.put("statusCode", literal(shown(status)));
  return response;
};

const prefixed = (logicalId: string, parameters: Dict): Dict => {
  const result = Dict.hashed();
  for (const [name, prefix] of PARAMETER_PREFIXES) {
    if (!parameters.has(name)) continue;
    const values = expectMap(parameters.get(name), resourceSubject(logicalId), `ResponseParameters.${name}`);
    for (const [key, value] of values.entries()) result.set(`gatewayresponse.${prefix}${key}`, value);
  }
  return result;
};
