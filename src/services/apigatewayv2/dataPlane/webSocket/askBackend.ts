import { fetchBackend } from "../../../../engines/gateway/fetchBackend.ts";
import { withStageVariables } from "../../../../engines/gateway/integrationTarget.ts";
import { FAILED, type RouteAnswer } from "./routeAnswer.ts";
import { mappedParameters, messageOf, type RouteRequest } from "./routeRequest.ts";
import type { MappedMessage } from "./routeTemplates.ts";

/** Sends a message to an HTTP backend, as it came or as a template has made it. */
export const askBackend = async (request: RouteRequest, mapped?: MappedMessage): Promise<RouteAnswer> => {
  const { integrationMethod: method = "POST" } = request.integration;
  const body = mapped?.body ?? messageOf(request);
  const sends = method !== "GET" && method !== "HEAD" && body !== "";
  try {
    const response = await fetchBackend(backendUrl(request, mapped), {
      method,
      headers: Object.entries({
        ...(sends ? { "content-type": "application/json" } : {}),
        ...lowered(mappedParameters(request, "header", mapped?.overrides.request.header)),
      }),
      signal: request.signal,
      ...(sends ? { body: Buffer.from(body) } : {}),
    });
    return { status: response.status, body: await response.text(), headers: Object.fromEntries(response.headers) };
  } catch {
    // The backend cannot be reached.
    return FAILED;
  }
};

const lowered = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const backendUrl = (request: RouteRequest, mapped: MappedMessage | undefined): string => {
  const { integrationUri = "" } = request.integration;
  const path = mappedParameters(request, "path", mapped?.overrides.request.path);
  const filled = withStageVariables(integrationUri, request.table.stage.stageVariables).replace(
    /\{(\w+)\+?\}/g,
    (_, name: string) => path[name] ?? "",
  );
  const query = new URLSearchParams(mappedParameters(request, "querystring", mapped?.overrides.request.querystring));
  if (query.size === 0) return filled;
  return `${filled}${filled.includes("?") ? "&" : "?"}${query}`;
};
