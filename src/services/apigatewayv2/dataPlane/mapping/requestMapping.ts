import { requestLike } from "../../../../kernel/http.ts";
import type { IntegrationRecord } from "../../records.ts";
import type { ApiRequest } from "../request.ts";
import { selected, textOf } from "./selection.ts";

/** A request as its integration is to see it, and the path to put in place of its own. */
export interface MappedRequest {
  readonly request: ApiRequest;
  readonly path: string | undefined;
}

/** Changes a request as an integration's parameters say. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
export const mappedRequest = (request: ApiRequest, { requestParameters }: IntegrationRecord): MappedRequest => {
  if (!requestParameters) return { request, path: undefined };
  let path: string | undefined;
  let headers = request.headers;
  const query = new URLSearchParams(request.http.rawQuery);
  for (const [key, expression] of Object.entries(requestParameters)) {
    const [, action = "", place = "", name = ""] = KEY.exec(key) ?? [];
    // Everything is read off the request as it came, whatever the order of the changes.
    const value = action === "remove" ? undefined : textOf(selected(request, expression));
    if (action !== "remove" && value === undefined) continue;
    if (place === "path") path = value;
    else if (place === "header") headers = changedHeaders(headers, action, name.toLowerCase(), value ?? "");
    else changeQuery(query, action, name, value ?? "");
  }
  const http = rewritesQuery(requestParameters)
    ? requestLike(request.http, { rawQuery: query.toString() })
    : request.http;
  return { request: { ...request, http, headers }, path };
};

const KEY = /^(append|overwrite|remove):(header|querystring|path)\.?(.*)$/;

/** A query that nothing changes keeps the caller's own escapes. */
const rewritesQuery = (parameters: Readonly<Record<string, string>>): boolean =>
  Object.keys(parameters).some((key) => key.includes(":querystring."));

const changedHeaders = (
  headers: ApiRequest["headers"],
  action: string,
  name: string,
  value: string,
): ApiRequest["headers"] => {
  const others = headers.filter(([header]) => header !== name);
  if (action === "remove") return others;
  return action === "append" ? [...headers, [name, value]] : [...others, [name, value]];
};

const changeQuery = (query: URLSearchParams, action: string, name: string, value: string): void => {
  if (action === "remove") query.delete(name);
  else if (action === "append") query.append(name, value);
  else query.set(name, value);
};
