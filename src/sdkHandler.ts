import { Readable } from "node:stream";
import { type HttpRequest as SdkRequest, HttpResponse as SdkResponse } from "@smithy/core/protocols";
import type { HttpResponse } from "./kernel/http.ts";
import type { Handler } from "./wire/handle.ts";

/**
 * What the clients of the AWS SDK for JavaScript v3 take as `requestHandler`. Written out, and not the SDK's own type, so
 * that any version of it will do.
 */
export interface SdkRequestHandler {
  // biome-ignore lint/suspicious/noExplicitAny: each version of the SDK has a request and a response type of its own.
  handle(request: any, options?: { readonly abortSignal?: unknown }): Promise<{ response: any }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/** The SDK's transport, joined to a cloud's handler without a socket. */
export const createSdkHandler = (handler: Handler): SdkRequestHandler => ({
  handle: async (request: SdkRequest, { abortSignal } = {}) => {
    const port = request.port ? `:${request.port}` : "";
    const response = await handler({
      method: request.method,
      host: request.headers["host"] ?? `${request.hostname}${port}`,
      path: request.path,
      rawQuery: queryString(request.query),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
      body: bodyOf(request.body),
      remoteAddress: "127.0.0.1",
      signal: abortSignal instanceof AbortSignal ? abortSignal : new AbortController().signal,
    });
    return { response: sdkResponse(response) };
  },
  destroy: () => {},
  updateHttpClientConfig: () => {},
  httpHandlerConfigs: () => ({}),
});

const queryString = (query: SdkRequest["query"]): string =>
  Object.entries(query ?? {})
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each) =>
        each === null || each === undefined ? escapeUri(name) : `${escapeUri(name)}=${escapeUri(each)}`,
      ),
    )
    .join("&");

const escapeUri = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const bodyOf = (body: unknown): Readable => {
  if (body === undefined || body === null || body === "") return Readable.from([]);
  if (body instanceof Readable) return body;
  if (body instanceof Uint8Array) return Readable.from([Buffer.from(body.buffer, body.byteOffset, body.byteLength)]);
  return Readable.from([Buffer.from(String(body))]);
};

const sdkResponse = ({ status, headers, body }: HttpResponse): SdkResponse => {
  const whole = typeof body === "string" ? Buffer.from(body) : body;
  const stream =
    whole === undefined || whole instanceof Uint8Array
      ? Readable.from(whole === undefined || whole.length === 0 ? [] : [Buffer.from(whole)])
      : Readable.from(whole, { objectMode: false });
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return new SdkResponse({ statusCode: status, headers: flat, body: stream });
};
