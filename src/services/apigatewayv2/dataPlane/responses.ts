import { canBeSent, type HttpResponse } from "../../../kernel/http.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";

const JSON_TYPE = { "content-type": "application/json" };

/** What API Gateway itself answers. */
export const gatewayResponse = (status: number, message: string): HttpResponse => ({
  status,
  headers: JSON_TYPE,
  body: JSON.stringify({ message }),
});

export const UNAUTHORIZED = gatewayResponse(401, "Unauthorized");
export const FORBIDDEN = gatewayResponse(403, "Forbidden");
export const NOT_FOUND = gatewayResponse(404, "Not Found");
export const TOO_MANY_REQUESTS = gatewayResponse(429, "Too Many Requests");
export const INTERNAL_ERROR = gatewayResponse(500, "Internal Server Error");
export const UNAVAILABLE = gatewayResponse(503, "Service Unavailable");

/**
 * The response a function's answer stands for; anything that is none answers 500.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response
 */
export const lambdaResponse = (payload: string, version: string): HttpResponse => {
  const answer = parsed(payload);
  if (answer === undefined) return INTERNAL_ERROR;
  if (!isJsonObject(answer) || answer["statusCode"] === undefined) {
    // AWS: format 2.0 infers the rest from an answer without a status.
    return version === "1.0" ? INTERNAL_ERROR : { status: 200, headers: JSON_TYPE, body: payload };
  }
  return fullResponse(answer);
};

const fullResponse = (answer: JsonObject): HttpResponse => {
  const status = Number(answer["statusCode"]);
  const body = answer["body"] ?? "";
  if (!Number.isInteger(status) || status < 100 || status > 599 || typeof body !== "string") return INTERNAL_ERROR;
  const headers = responseHeaders(answer);
  if (!headers) return INTERNAL_ERROR;
  return {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
    body: answer["isBase64Encoded"] === true ? Buffer.from(body, "base64") : body,
  };
};

const responseHeaders = (answer: JsonObject): Record<string, string | string[]> | undefined => {
  const headers: Record<string, string | string[]> = {};
  const { headers: single = {}, multiValueHeaders: multiple = {}, cookies = [] } = answer;
  if (!isJsonObject(single ?? {}) || !isJsonObject(multiple ?? {}) || !Array.isArray(cookies ?? [])) return undefined;
  for (const [name, value] of Object.entries(single ?? {})) headers[name.toLowerCase()] = String(value);
  for (const [name, values] of Object.entries(multiple ?? {})) {
    if (!Array.isArray(values)) return undefined;
    headers[name.toLowerCase()] = values.map(String);
  }
  const set = Array.isArray(cookies) ? cookies.map(String) : [];
  if (set.length > 0) headers["set-cookie"] = [...[headers["set-cookie"] ?? []].flat(), ...set];
  // What concerns the connection is the server's own; the length is counted anew.
  for (const name of ["connection", "transfer-encoding", "content-length"]) delete headers[name];
  return canBeSent(headers) ? headers : undefined;
};

const parsed = (payload: string): unknown => {
  try {
    return JSON.parse(payload);
  } catch {
    // A custom runtime may answer anything; API Gateway takes only JSON.
    return undefined;
  }
};
