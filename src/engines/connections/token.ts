import { isJsonObject } from "../../kernel/json.ts";
import { added, type ConnectionSecret } from "./secret.ts";

/** How an authorization endpoint is asked for a token. https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
export interface TokenQuestion {
  readonly url: string;
  readonly method: "GET" | "POST" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

export const tokenMethod = ({ http_method: method }: ConnectionSecret): TokenQuestion["method"] =>
  method === "GET" || method === "PUT" ? method : "POST";

export const tokenQuestion = (kept: ConnectionSecret): TokenQuestion => {
  const { authorization_endpoint: url = "", oauth_http_parameters: more } = kept;
  const body = new URLSearchParams({
    ...added(more, "body_parameters"),
    client_id: kept.client_id ?? "",
    client_secret: kept.client_secret ?? "",
  });
  const method = tokenMethod(kept);
  return {
    url,
    method,
    headers: { "content-type": "application/x-www-form-urlencoded", ...added(more, "header_parameters") },
    query: { ...added(more, "query_string_parameters"), ...(method === "GET" ? Object.fromEntries(body) : {}) },
    body: String(body),
  };
};

/** The token in an answer, and for how many seconds it is good, if that is said. https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
export const tokenIn = (answer: unknown): { readonly value: string; readonly seconds: number | undefined } => {
  const { access_token: value, expires_in: seconds } = isJsonObject(answer) ? answer : {};
  if (typeof value !== "string") throw new Error("The authorization endpoint answered without an access token.");
  return { value, seconds: typeof seconds === "number" ? seconds : undefined };
};
