import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { TestCloud } from "./harness.ts";

/** What a bare HTTP client asks: a GET of the root, unless it says otherwise. */
export interface Asked {
  readonly method?: string;
  /** Also sent as its header. */
  readonly host?: string;
  /** With its query, as it stands in the request's line. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Asks a cloud at its front door, without a socket; the answer comes with its whole body, as bytes, as text and as JSON. */
export const ask = async ({ handler }: Pick<TestCloud, "handler">, asked: Asked) => {
  const { method = "GET", host = "127.0.0.1:4566", path = "/", headers = {}, body = "" } = asked;
  const [pathOnly = ""] = path.split("?", 1);
  const sent = Buffer.from(body);
  const sized: Record<string, string> = sent.length > 0 ? { "content-length": String(sent.length) } : {};
  const response = await handler({
    method,
    host,
    path: pathOnly,
    rawQuery: path.slice(pathOnly.length + 1),
    headers: { host, "user-agent": "test", ...sized, ...headers },
    body: Readable.from(sent.length > 0 ? [sent] : []),
    remoteAddress: "127.0.0.1",
    signal: new AbortController().signal,
  });
  const bytes = await bytesOf(response.body);
  const text = bytes.toString();
  return { ...response, bytes, text, json: () => JSON.parse(text) };
};

const bytesOf = async (body: Awaited<ReturnType<TestCloud["handler"]>>["body"]): Promise<Buffer> =>
  body === undefined || typeof body === "string" || body instanceof Uint8Array
    ? Buffer.from(body ?? "")
    : buffer(Readable.from(body));
