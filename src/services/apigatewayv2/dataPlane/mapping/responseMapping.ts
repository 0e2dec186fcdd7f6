import type { HttpResponse } from "../../../../kernel/http.ts";
import type { JsonValue } from "../../../../kernel/json.ts";
import type { IntegrationRecord } from "../../records.ts";
import type { ApiRequest } from "../request.ts";
import { jsonAt, parseJson } from "./jsonPath.ts";
import { selected, textOf } from "./selection.ts";

/** Changes a backend's response as the integration's parameters for its status say. */
export const mappedResponse = (
  request: ApiRequest,
  { responseParameters }: IntegrationRecord,
  response: HttpResponse,
): HttpResponse => {
  const parameters = responseParameters?.[String(response.status)];
  if (!parameters) return response;
  let { status } = response;
  let headers = response.headers;
  for (const [key, expression] of Object.entries(parameters)) {
    const [, action = "", name = ""] = KEY.exec(key) ?? [];
    const value = action === "remove" ? "" : textOf(selected(request, expression, (each) => answered(response, each)));
    if (value === undefined) continue;
    if (key === "overwrite:statuscode") status = statusIn(value) ?? status;
    else headers = changed(headers, action, name.toLowerCase(), value);
  }
  return { ...response, status, headers };
};

const KEY = /^(append|overwrite|remove):header\.(.+)$/;

const changed = (
  { ...headers }: HttpResponse["headers"],
  action: string,
  name: string,
  value: string,
): HttpResponse["headers"] => {
  const { [name]: before, ...others } = headers;
  if (action === "remove") return others;
  if (action === "overwrite" || before === undefined) return { ...others, [name]: value };
  return { ...others, [name]: [before, value].flat().map(String) };
};

/** AWS: a status outside of 200 to 599 is left as it was. */
const statusIn = (text: string): number | undefined => {
  const status = Number(text);
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
};

const answered = ({ headers, body }: HttpResponse, name: string): JsonValue | undefined => {
  const [, kind, rest = ""] = /^response\.(header|body)\.?(.*)$/s.exec(name) ?? [];
  if (kind === "header") {
    const value = headers[rest.toLowerCase()];
    return value === undefined ? undefined : [value].flat().join(",");
  }
  if (kind !== "body" || (typeof body !== "string" && !(body instanceof Uint8Array))) return undefined;
  const text = typeof body === "string" ? body : Buffer.from(body).toString();
  return rest === "" ? text : jsonAt(parseJson(text), rest);
};
