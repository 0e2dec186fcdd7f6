import { fetchBackend } from "../../../../engines/gateway/fetchBackend.ts";
import { withStageVariables } from "../../../../engines/gateway/integrationTarget.ts";
import type { HttpResponse } from "../../../../kernel/http.ts";
import type { IntegrationRecord } from "../../records.ts";
import type { ApiRequest } from "../request.ts";
import { UNAVAILABLE } from "../responses.ts";
import { forwardedHeaders } from "./forwarded.ts";

/** An HTTP backend gets the request as it came, and its path where the URI has the greedy parameter. */
export const proxy = async (
  request: ApiRequest,
  integration: IntegrationRecord,
  path: string | undefined,
): Promise<HttpResponse> => {
  const { http, bytes } = request;
  const { integrationMethod = "ANY" } = integration;
  const method = integrationMethod === "ANY" ? http.method : integrationMethod;
  try {
    const response = await fetchBackend(backendUrl(request, integration, path).href, {
      method,
      headers: forwardedHeaders(request).filter(([name]) => !OWN_HEADERS.has(name)),
      signal: http.signal,
      ...(bytes.length > 0 && method !== "GET" && method !== "HEAD" ? { body: bytes } : {}),
    });
    const answered = Buffer.from(await response.arrayBuffer());
    const kept = [...response.headers].filter(([name]) => !DROPPED.has(name));
    const cookies = response.headers.getSetCookie();
    const headers = { ...Object.fromEntries(kept), ...(cookies.length > 0 ? { "set-cookie": cookies } : {}) };
    return { status: response.status, headers, body: answered };
  } catch {
    // The backend cannot be reached, or was too slow.
    return UNAVAILABLE;
  }
};

const backendUrl = (
  { http, match, table }: ApiRequest,
  { integrationUri = "" }: IntegrationRecord,
  path: string | undefined,
): URL => {
  const uri = withStageVariables(integrationUri, table.stage.stageVariables).replace(
    /\{([\w.-]+)\+?\}/g,
    (_, name: string) => match.parameters?.[name] ?? "",
  );
  const url = new URL(uri);
  if (path !== undefined) url.pathname = path;
  if (http.rawQuery !== "") url.search = url.search === "" ? http.rawQuery : `${url.search}&${http.rawQuery}`;
  return url;
};

/** What the connection to the backend makes anew. */
const OWN_HEADERS = new Set(["host", "content-length", "expect"]);

/** The body arrives here unpacked, and its length is counted anew. */
const DROPPED = new Set(["content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"]);
