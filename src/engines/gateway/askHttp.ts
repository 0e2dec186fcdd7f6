import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { LOCAL_NAME, thisMachine } from "./fetchBackend.ts";

/** What an address is asked. */
export interface HttpQuestion {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal;
}

/** What it answered; headers are spelled as they came. */
export interface HttpAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
}

/** More than this is not read. */
const MAX_ANSWER_BYTES = 1_048_576;

/** Asks an address once, with no headers but those given: redirects are answers. Throws what the socket says. */
export const askHttp = ({ url, method, headers, body, signal }: HttpQuestion): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const begin = url.protocol === "http:" ? requestHttp : requestHttps;
    const lookup = LOCAL_NAME.test(url.hostname) ? { lookup: thisMachine } : {};
    const sent = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const asked: ClientRequest = begin(url, { method, headers: { ...plain(headers), ...sent }, signal, ...lookup });
    asked.once("error", reject);
    asked.once("response", (message) => gather(message).then(resolve, reject));
    asked.end(body);
  });

const plain = (headers: HttpQuestion["headers"]): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );

const gather = async (message: IncomingMessage): Promise<HttpAnswer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) throw new Error(`The answer is larger than ${MAX_ANSWER_BYTES} bytes`);
    chunks.push(chunk);
  }
  const headers: Record<string, string[]> = {};
  for (let at = 0; at + 1 < message.rawHeaders.length; at += 2) {
    const [name = "", value = ""] = message.rawHeaders.slice(at, at + 2);
    headers[name] = [...(headers[name] ?? []), value];
  }
  return {
    status: message.statusCode ?? 0,
    statusText: message.statusMessage ?? "",
    headers,
    body: Buffer.concat(chunks),
  };
};
