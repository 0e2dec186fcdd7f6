import { NotImplemented } from "../../../kernel/errors.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { MAX_INTEGRATION_TIMEOUT_MS } from "../limits.ts";
import type { IntegrationRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { gatewayAnswer } from "./gatewayAnswer.ts";
import { lambdaProxy } from "./lambdaProxy.ts";
import { type BackendAnswer, mappedResponse, mappedValue, mockStatus } from "./mapping.ts";
import { headerOf, type MethodRequest } from "./request.ts";
import { templateFor } from "./templates.ts";

/** Runs a request's integration and answers what it says. */
export const integrate = (room: Room, request: MethodRequest): Promise<HttpResponse> => {
  const { integration } = request.match.target;
  const late = gatewayAnswer(request, "INTEGRATION_TIMEOUT");
  return room.timeouts.race(
    run(room, request, integration),
    integration.timeoutInMillis ?? MAX_INTEGRATION_TIMEOUT_MS,
    late,
  );
};

const run = async (room: Room, request: MethodRequest, integration: IntegrationRecord): Promise<HttpResponse> => {
  switch (integration.type) {
    case "AWS_PROXY":
      return lambdaProxy(room, request);
    case "MOCK": {
      const status = mockStatus(request, integration);
      if (status === undefined) return gatewayAnswer(request, "UNSUPPORTED_MEDIA_TYPE");
      return mappedResponse(request, integration, { status, headers: {}, body: "" });
    }
    case "HTTP_PROXY": {
      const answer = await backend(request, integration, request.bytes);
      if (!answer) return gatewayAnswer(request, "INTEGRATION_FAILURE");
      return { status: Number(answer.status), headers: answer.headers, body: answer.body };
    }
    case "HTTP": {
      const template = templateFor(integration.requestTemplates, headerOf(request, "content-type"));
      const answer = await backend(
        request,
        integration,
        template === undefined ? request.bytes : Buffer.from(template),
      );
      if (!answer) return gatewayAnswer(request, "INTEGRATION_FAILURE");
      return mappedResponse(request, integration, answer);
    }
    default:
      throw new NotImplemented(`apigateway's integrations of the type ${integration.type}`);
  }
};

/** Calls an HTTP backend; undefined when it cannot be reached. */
const backend = async (
  request: MethodRequest,
  integration: IntegrationRecord,
  bytes: Buffer,
): Promise<BackendAnswer | undefined> => {
  const { url, headers } = target(request, integration);
  const method =
    integration.httpMethod === "ANY" ? request.http.method : (integration.httpMethod ?? request.http.method);
  try {
    const response = await fetch(url, {
      method,
      headers: headers.map(([name, value]) => [name, value]),
      signal: request.http.signal,
      redirect: "manual",
      ...(bytes.length > 0 && method !== "GET" && method !== "HEAD" ? { body: new Uint8Array(bytes) } : {}),
    });
    const body = Buffer.from(await response.arrayBuffer());
    const kept = [...response.headers].filter(([name]) => !DROPPED.has(name));
    return { status: String(response.status), headers: Object.fromEntries(kept), body };
  } catch {
    // The backend cannot be reached, or its URI is none.
    return undefined;
  }
};

/** AWS: only a proxy passes on headers and query by itself; all else is mapped. */
const target = (request: MethodRequest, { type, uri = "", requestParameters = {} }: IntegrationRecord) => {
  const mapped = (kind: string) =>
    Object.entries(requestParameters).flatMap(([key, source]) => {
      const value = mappedValue(request, source);
      const prefix = `integration.request.${kind}.`;
      return key.startsWith(prefix) && value !== undefined ? [[key.slice(prefix.length), value] as const] : [];
    });
  const path = Object.fromEntries(mapped("path"));
  const { variables } = request.table.stage;
  const filled = uri
    .replace(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => variables?.[name] ?? "")
    .replace(/\{(\w+)\+?\}/g, (_, name: string) => path[name] ?? "");
  const proxied = type === "HTTP_PROXY";
  const queries = [
    proxied ? request.http.rawQuery : "",
    new URLSearchParams(mapped("querystring").map(([name, value]): [string, string] => [name, value])).toString(),
  ].filter((query) => query !== "");
  const url = queries.length === 0 ? filled : `${filled}${filled.includes("?") ? "&" : "?"}${queries.join("&")}`;
  const passed = proxied ? request.headers.filter(([name]) => name.toLowerCase() !== "host") : [];
  return { url, headers: [...passed, ...mapped("header")] };
};

/** The body arrives here unpacked, and its length is counted anew. */
const DROPPED = new Set(["content-encoding", "content-length", "transfer-encoding", "connection"]);
