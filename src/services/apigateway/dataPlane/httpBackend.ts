import { fetchBackend } from "../../../engines/gateway/fetchBackend.ts";
import { withStageVariables } from "../../../engines/gateway/integrationTarget.ts";
import { CONFIGURATION } from "./gatewayAnswer.ts";
import type { BackendAnswer } from "./mappedResponse.ts";
import { mappedValue } from "./mapping.ts";
import type { MethodRequest } from "./request.ts";
import type { MappedBody } from "./requestBody.ts";

/** Why a backend gave no answer. */
export interface Unreached {
  readonly unreached: string;
  /** AWS: an address that is none is the API's own fault. */
  readonly isMisconfigured: boolean;
}

/** Calls an HTTP backend. */
export const httpBackend = async (
  request: MethodRequest,
  bytes: Buffer,
  mapped?: MappedBody,
): Promise<BackendAnswer | Unreached> => {
  const method = backendMethod(request);
  try {
    const { url, headers } = target(request, mapped);
    request.journal?.asked(url, Object.fromEntries(headers), bytes);
    const response = await fetchBackend(url, {
      method,
      headers,
      signal: request.http.signal,
      ...(bytes.length > 0 && method !== "GET" && method !== "HEAD" ? { body: bytes } : {}),
    });
    const body = Buffer.from(await response.arrayBuffer());
    const kept = [...response.headers].filter(([name]) => !DROPPED.has(name));
    request.journal?.answered(response.status, Object.fromEntries(kept), body);
    return { selection: String(response.status), headers: Object.fromEntries(kept), body };
  } catch (error) {
    return unreached(error);
  }
};

/** How a backend is asked. AWS: `ANY` is as the caller asked. */
export const backendMethod = ({ match, http }: MethodRequest): string => {
  const { httpMethod = "ANY" } = match.target.integration;
  return httpMethod === "ANY" ? http.method : httpMethod;
};

const unreached = (error: unknown): Unreached => {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const isMisconfigured = code === "ENOTFOUND" || code === "ERR_INVALID_URL";
  const unreached = isMisconfigured
    ? `${CONFIGURATION}Invalid endpoint address`
    : "Execution failed due to a network error communicating with endpoint";
  return { unreached, isMisconfigured };
};

/** What the integration's parameters, and the template, put into one part of the backend's request. */
export const mappedParameters = (
  request: MethodRequest,
  kind: "header" | "path" | "querystring",
  mapped?: MappedBody,
): Record<string, string> => {
  const prefix = `integration.request.${kind}.`;
  const { requestParameters = {} } = request.match.target.integration;
  const named = Object.entries(requestParameters).flatMap(([key, source]) => {
    const value = key.startsWith(prefix) ? mappedValue(request, source) : undefined;
    return value === undefined ? [] : [[key.slice(prefix.length), value] as const];
  });
  return { ...Object.fromEntries(named), ...mapped?.overrides.request[kind] };
};

/** AWS: only a proxy passes on headers and query by itself; all else is mapped. */
const target = (request: MethodRequest, mapped: MappedBody | undefined) => {
  const { type, uri = "" } = request.match.target.integration;
  const path = mappedParameters(request, "path", mapped);
  const filled = withStageVariables(uri, request.table.stage.variables).replace(
    /\{(\w+)\+?\}/g,
    (_, name: string) => path[name] ?? "",
  );
  const proxied = type === "HTTP_PROXY";
  const queries = [
    proxied ? request.http.rawQuery : "",
    new URLSearchParams(mappedParameters(request, "querystring", mapped)).toString(),
  ].filter((query) => query !== "");
  const url = queries.length === 0 ? filled : `${filled}${filled.includes("?") ? "&" : "?"}${queries.join("&")}`;
  const passed = proxied ? request.headers.filter(([name]) => name.toLowerCase() !== "host") : [];
  const typed = mapped?.contentType === undefined ? [] : [["content-type", mapped.contentType] as const];
  return { url, headers: [...typed, ...passed, ...Object.entries(mappedParameters(request, "header", mapped))] };
};

/** The body arrives here unpacked, and its length is counted anew. */
const DROPPED = new Set(["content-encoding", "content-length", "transfer-encoding", "connection"]);
