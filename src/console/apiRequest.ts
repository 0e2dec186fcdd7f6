import { Readable } from "node:stream";
import { AwsError } from "../kernel/errors.ts";
import type { HttpResponse } from "../kernel/http.ts";
import { isJsonObject } from "../kernel/json.ts";
import { readBody } from "../wire/body.ts";
import { type ConsoleRoute, json } from "./parts.ts";

const MAX_REQUEST_BYTES = 10 * 1024 * 1024;
const MAX_ANSWER_BYTES = 6 * 1024 * 1024;

/**
 * Sends a request to an API that answers here, for the page's request console: `{url, method, headers, body}`. By the
 * cloud's own handler, so no rule between origins is in the way, and no other address can be reached.
 */
export const apiRequest: ConsoleRoute = async ({ parts, request }) => {
  const wanted = readRequest(await readBody(request.body, MAX_REQUEST_BYTES));
  const startedAt = performance.now();
  const answer = await parts.handler({
    method: wanted.method,
    host: wanted.url.host,
    path: wanted.url.pathname,
    rawQuery: wanted.url.search.slice(1),
    headers: { ...wanted.headers, host: wanted.url.host },
    body: Readable.from(wanted.body === "" ? [] : [Buffer.from(wanted.body)]),
    remoteAddress: "127.0.0.1",
    signal: request.signal,
  });
  const body = await bodyOf(answer);
  return json({ status: answer.status, headers: answer.headers, body, durationMs: performance.now() - startedAt });
};

const readRequest = (body: Buffer) => {
  const value: unknown = JSON.parse(body.toString());
  const { url, method, headers, body: sent } = isJsonObject(value) ? value : {};
  if (typeof url !== "string" || typeof method !== "string" || !URL.canParse(url))
    throw new AwsError("ValidationException", "A request is {url, method, headers, body}.");
  const names = isJsonObject(headers) ? Object.entries(headers) : [];
  return {
    url: new URL(url),
    method,
    headers: Object.fromEntries(names.map(([name, text]) => [name.toLowerCase(), String(text)])),
    body: typeof sent === "string" ? sent : "",
  };
};

const bodyOf = async ({ body }: HttpResponse): Promise<string> => {
  if (body === undefined || typeof body === "string") return body ?? "";
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  return (await readBody(Readable.from(body), MAX_ANSWER_BYTES)).toString();
};
