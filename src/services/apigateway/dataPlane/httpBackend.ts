import { fetchBackend } from "../../../engines/gateway/fetchBackend.ts";
import { withStageVariables } from "../../../engines/gateway/integrationTarget.ts";
import { CONFIGURATION } from "./gatewayAnswer.ts";
import type { BackendAnswer } from "./mappedResponse.ts";
import { mappedValue } from "./mapping.ts";
import { headerOf, type MethodRequest } from "./request.ts";
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
    const url = backendUrl(request, mapped);
    if (!URL.canParse(url)) return NO_ADDRESS;
    const headers = backendHeaders(request, mapped, bytes.length > 0);
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

const NO_ADDRESS: Unreached = { unreached: `${CONFIGURATION}Invalid endpoint address`, isMisconfigured: true };

const unreached = (error: unknown): Unreached => {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && "code" in cause && cause.code === "ENOTFOUND") return NO_ADDRESS;
  return {
    unreached: "Execution failed due to a network error communicating with endpoint",
    isMisconfigured: false,
  };
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

const backendUrl = (request: MethodRequest, mapped: MappedBody | undefined): string => {
  const { type, uri = "" } = request.match.target.integration;
  const path = mappedParameters(request, "path", mapped);
  const filled = withStageVariables(uri, request.table.stage.variables).replace(
    /\{(\w+)\+?\}/g,
    (_, name: string) => path[name] ?? "",
  );
  const queries = [
    type === "HTTP_PROXY" ? request.http.rawQuery : "",
    new URLSearchParams(mappedParameters(request, "querystring", mapped)).toString(),
  ].filter((query) => query !== "");
  return queries.length === 0 ? filled : `${filled}${filled.includes("?") ? "&" : "?"}${queries.join("&")}`;
};

type Pair = readonly [name: string, value: string];

/** AWS: only a proxy passes on headers by itself; those that are mapped stand in place of them. */
const backendHeaders = (request: MethodRequest, mapped: MappedBody | undefined, hasBody: boolean): readonly Pair[] => {
  const { match, table, traceId } = request;
  const contentType = mapped?.contentType ?? headerOf(request, "content-type") ?? "application/json";
  const isProxy = match.target.integration.type === "HTTP_PROXY";
  return layered(
    [
      ["accept", "application/json"],
      ["user-agent", `AmazonAPIGateway_${table.api.id}`],
      ["x-amzn-trace-id", traceId],
      ["x-amzn-apigateway-api-id", table.api.id],
      ...(hasBody ? [["content-type", contentType] as const] : []),
    ],
    isProxy ? request.headers.filter(([name]) => !CONNECTION.has(name.toLowerCase())) : [],
    Object.entries(mappedParameters(request, "header", mapped)),
  );
};

/** Headers of several layers: each stands in place of those of its name in the layers before. */
const layered = (...layers: readonly (readonly Pair[])[]): readonly Pair[] => {
  const names = layers.map((layer) => new Set(layer.map(([name]) => name.toLowerCase())));
  return layers.flatMap((layer, at) =>
    layer.filter(([name]) => !names.slice(at + 1).some((later) => later.has(name.toLowerCase()))),
  );
};

/** What the connection to the backend says by itself. */
const CONNECTION = new Set(["host", "via"]);

/** The body arrives here unpacked. */
const DROPPED = new Set(["content-encoding", "transfer-encoding"]);
