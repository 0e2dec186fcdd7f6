import { functionIn } from "../../../engines/gateway/integrationTarget.ts";
import { assumeRole } from "../../../kernel/assumeRole.ts";
import type { Context } from "../../../kernel/context.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { canBeSent, type HttpResponse } from "../../../kernel/http.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import { jsonBytes } from "../../../kernel/jsonBytes.ts";
import { serviceFor } from "../../../kernel/principal.ts";
import type { Room } from "../room.ts";
import { proxyEvent } from "./event.ts";
import { CONFIGURATION, failed } from "./gatewayAnswer.ts";
import { ROLE_SESSION, SERVICE } from "./gatewayService.ts";
import { failureOf, tellInvocation, tellInvoked, uninvokable } from "./invocationLog.ts";
import { decodedBase64 } from "./payload.ts";
import { remappedHeaders } from "./remappedHeaders.ts";
import { headerOf, isBinary, type MethodRequest } from "./request.ts";

/**
 * As whom a method's integration is called. AWS: as the gateway itself, on behalf of the method, so that resource policies
 * must let it; or as the integration's role.
 */
export const integrationCaller = (room: Room, request: MethodRequest): Context | Promise<Context> => {
  const self = gatewayFor(room, request, methodArn(room, request, request.match.target.resource.path));
  const role = request.match.target.integration.credentials;
  return role ? assumeRole(self, { service: SERVICE }, role, ROLE_SESSION) : self;
};

/** The gateway itself, on behalf of a part of an API, within a request's trace. */
export const gatewayFor = (room: Room, { traceId }: MethodRequest, sourceArn: string): Context =>
  room.contextAs(serviceFor(room.account, SERVICE, sourceArn)).traced(traceId);

/** Invokes a function with the request as its event, and answers what it says. */
export const lambdaProxy = async (room: Room, request: MethodRequest): Promise<HttpResponse> => {
  const { integration } = request.match.target;
  // AWS: functions are invoked with POST; an integration that says otherwise fails with each request.
  if (integration.httpMethod !== "POST") {
    const why = `${CONFIGURATION}Unable to transform request`;
    return failed(request, "API_CONFIGURATION_ERROR", why);
  }
  let payload: string;
  try {
    const Payload = jsonBytes(proxyEvent(request));
    const FunctionName = functionIn(integration.uri ?? "", request.table.stage.variables);
    const { call } = await integrationCaller(room, request);
    tellInvocation(room, request, FunctionName, Payload);
    const output = await call("lambda", "Invoke", { FunctionName, Payload });
    payload = textOf(output.Payload);
    tellInvoked(request, payload, output.ExecutedVersion);
    if (output.FunctionError !== undefined) return malformed(request, failureOf(payload));
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    // AWS: a function that is gone, throttled, or may not be called is an internal matter.
    return failed(request, "API_CONFIGURATION_ERROR", uninvokable(error));
  }
  return proxyResponse(request, payload) ?? malformed(request, `${CONFIGURATION}Malformed Lambda proxy response`);
};

/** AWS: an answer that is none, and a function that fails, are a bad gateway. */
const malformed = (request: MethodRequest, why: string): HttpResponse =>
  failed(request, "API_CONFIGURATION_ERROR", why, { statusCode: 502 });

/** The ARN policies speak of: `API/STAGE/METHOD/path`. For functions the path is the resource's, for authorizers the request's. */
export const methodArn = (room: Room, { table, http }: MethodRequest, path: string): string =>
  `arn:${room.partition}:execute-api:${room.region}:${room.account}:${table.api.id}/${table.stage.stageName}/${http.method}${path}`;

export const textOf = (payload: AsyncIterable<Uint8Array> | Uint8Array | string | undefined): string => {
  if (payload instanceof Uint8Array)
    return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString();
  return typeof payload === "string" ? payload : "null";
};

const MEMBERS = new Set(["isBase64Encoded", "statusCode", "headers", "multiValueHeaders", "body"]);

/** The response a function's answer stands for; undefined when its format is not the proxy's. */
const proxyResponse = (request: MethodRequest, payload: string): HttpResponse | undefined => {
  const answer = parsed(payload);
  if (!isJsonObject(answer) || Object.keys(answer).some((name) => !MEMBERS.has(name))) return undefined;
  const status = Number(answer["statusCode"] ?? 200);
  const body = answer["body"] ?? "";
  if (!Number.isInteger(status) || status < 100 || status > 599 || typeof body !== "string") return undefined;
  const headers = responseHeaders(answer);
  if (!headers) return undefined;
  // AWS: the first type of `Accept` alone decides whether base64 is turned back into bytes.
  const binary = answer["isBase64Encoded"] === true && isBinary(binaryTypes(request), headerOf(request, "accept"));
  const bytes = binary ? decodedBase64(body) : body;
  if (bytes === undefined) {
    return failed(request, "API_CONFIGURATION_ERROR", `${CONFIGURATION}Unable to base64 decode the body.`);
  }
  return { status, headers: { "content-type": "application/json", ...headers }, body: bytes };
};

const binaryTypes = ({ table }: MethodRequest): readonly string[] => table.snapshot.binaryMediaTypes;

const responseHeaders = (answer: JsonObject): Record<string, string | string[]> | undefined => {
  const headers: Record<string, string | string[]> = {};
  const single = answer["headers"] ?? {};
  const multiple = answer["multiValueHeaders"] ?? {};
  if (!isJsonObject(single) || !isJsonObject(multiple)) return undefined;
  for (const [name, values] of Object.entries(multiple)) {
    if (!Array.isArray(values)) return undefined;
    headers[name.toLowerCase()] = values.map(String);
  }
  // AWS: a value that both name is there once; one that only `headers` names comes last.
  for (const [given, value] of Object.entries(single)) {
    if (typeof value === "object") return undefined;
    const name = given.toLowerCase();
    const others = headers[name];
    headers[name] = Array.isArray(others) ? [...new Set([...others, String(value)])] : String(value);
  }
  return canBeSent(headers) ? remappedHeaders(headers) : undefined;
};

const parsed = (payload: string): unknown => {
  try {
    return JSON.parse(payload);
  } catch {
    // A custom runtime may answer anything; API Gateway takes only JSON.
    return undefined;
  }
};
