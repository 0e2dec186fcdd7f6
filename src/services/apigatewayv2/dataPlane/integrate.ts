import { parseArn } from "../../../kernel/arn.ts";
import { errorCode, NotImplemented } from "../../../kernel/errors.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { MAX_INTEGRATION_TIMEOUT_MS } from "../limits.ts";
import type { IntegrationRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { lambdaEvent } from "./events.ts";
import type { ApiRequest } from "./request.ts";
import { INTERNAL_ERROR, lambdaResponse, UNAVAILABLE } from "./responses.ts";

/** Runs a request's integration and answers what it says. */
export const integrate = async (
  room: Room,
  request: ApiRequest,
  integration: IntegrationRecord,
): Promise<HttpResponse> => {
  if (integration.integrationSubtype !== undefined) {
    throw new NotImplemented(`HTTP API integrations of the subtype ${integration.integrationSubtype}`);
  }
  if (integration.credentialsArn !== undefined) throw new NotImplemented("HTTP API integrations with CredentialsArn");
  if (integration.requestParameters || integration.responseParameters)
    throw new NotImplemented("HTTP API parameter mapping");
  const work =
    integration.integrationType === "AWS_PROXY" ? invoke(room, request, integration) : proxy(request, integration);
  return room.timeouts.race(work, integration.timeoutInMillis ?? MAX_INTEGRATION_TIMEOUT_MS, UNAVAILABLE);
};

/** AWS: the gateway calls as itself, on behalf of the route; the function's resource policy must let it. */
const invoke = async (room: Room, request: ApiRequest, integration: IntegrationRecord): Promise<HttpResponse> => {
  const version = integration.payloadFormatVersion ?? "1.0";
  const variables = request.table.stage.stageVariables;
  const FunctionName = functionIn(integration.integrationUri ?? "", variables);
  const { call } = room.contextAs({
    kind: "service",
    account: room.account,
    service: "apigateway.amazonaws.com",
    sourceArn: sourceArn(room, request),
  });
  try {
    const Payload = Buffer.from(JSON.stringify(lambdaEvent(request, version)));
    const output = await call("lambda", "Invoke", { FunctionName, Payload });
    if (output.FunctionError !== undefined) return INTERNAL_ERROR;
    return lambdaResponse(text(output.Payload), version);
  } catch (error) {
    if (error instanceof NotImplemented) throw error;
    // AWS: a throttled function is unavailable; one that is gone, or may not be called, is an internal matter.
    return errorCode(error) === "TooManyRequestsException" ? UNAVAILABLE : INTERNAL_ERROR;
  }
};

/** The ARN resource policies of functions speak of: `API/STAGE/METHOD/path`. */
export const sourceArn = (room: Room, { table, stageName, match, http }: ApiRequest): string => {
  const { resourcePath } = match.target;
  const tail = resourcePath === "$default" ? "$default" : `${http.method}${resourcePath}`;
  return `arn:${room.partition}:execute-api:${room.region}:${room.account}:${table.api.apiId}/${stageName}/${tail}`;
};

/** A function's ARN, from itself or from within API Gateway's invocation ARN. */
export const functionIn = (uri: string, variables: Readonly<Record<string, string>> | undefined): string => {
  const resolved = uri.replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => variables?.[name] ?? "");
  const [, functionArn] = /\/functions\/(.+)\/invocations$/.exec(parseArn(resolved)?.resource ?? "") ?? [];
  return functionArn ?? resolved;
};

const text = (payload: AsyncIterable<Uint8Array> | Uint8Array | string | undefined): string => {
  if (payload instanceof Uint8Array)
    return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString();
  return typeof payload === "string" ? payload : "null";
};

/** An HTTP backend gets the request as it came, and its path where the URI has the greedy parameter. */
const proxy = async (request: ApiRequest, integration: IntegrationRecord): Promise<HttpResponse> => {
  const { http, match, body } = request;
  const path = (integration.integrationUri ?? "").replace(
    /\{(\w+)\+?\}/g,
    (_, name: string) => match.parameters?.[name] ?? "",
  );
  const url = http.rawQuery === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${http.rawQuery}`;
  const method =
    integration.integrationMethod === undefined || integration.integrationMethod === "ANY"
      ? http.method
      : integration.integrationMethod;
  const bytes = body.text === undefined ? undefined : Buffer.from(body.text, body.isBase64Encoded ? "base64" : "utf8");
  const headers = request.headers.filter(([name]) => name !== "host" && name !== "content-length");
  try {
    const response = await fetch(url, {
      method,
      headers: headers.map(([name, value]) => [name, value]),
      signal: request.http.signal,
      redirect: "manual",
      ...(bytes && method !== "GET" && method !== "HEAD" ? { body: bytes } : {}),
    });
    const answered = Buffer.from(await response.arrayBuffer());
    const kept = [...response.headers].filter(([name]) => !DROPPED.has(name));
    return { status: response.status, headers: Object.fromEntries(kept), body: answered };
  } catch {
    // The backend cannot be reached, or was too slow.
    return UNAVAILABLE;
  }
};

/** The body arrives here unpacked, and its length is counted anew. */
const DROPPED = new Set(["content-encoding", "content-length", "transfer-encoding", "connection"]);
