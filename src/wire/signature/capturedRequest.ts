import type { Readable } from "node:stream";
import type { SignedRequest } from "./verification.ts";

/** What an SDK client would have put on the wire. */
export interface CapturedRequest extends SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface SdkHttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A request handler for an SDK client that keeps the signed request and answers nothing: for tests of signatures. */
export const createCapture = () => {
  const captured: CapturedRequest[] = [];
  const handle = async (request: SdkHttpRequest) => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
    captured.push({
      method: request.method,
      path: request.path,
      rawQuery: rawQueryOf(request.query),
      headers: Object.fromEntries(headers),
      body: await bodyOf(request.body),
    });
    throw new Error("captured");
  };
  return {
    handler: { handle, metadata: { handlerProtocol: "http/1.1" } },
    /** The request that `send` makes. */
    request: async (send: () => Promise<unknown>): Promise<CapturedRequest> => {
      await send().catch((error: unknown) => {
        if (!(error instanceof Error && error.message === "captured")) throw error;
      });
      const request = captured.pop();
      if (!request) throw new Error("the client sent nothing");
      return request;
    },
  };
};

const rawQueryOf = (query: SdkHttpRequest["query"]): string =>
  Object.entries(query)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => parameterOf(name, one)))
    .join("&");

const parameterOf = (name: string, value: string | null): string =>
  value === null || value === undefined ? encode(name) : `${encode(name)}=${encode(value)}`;

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const bodyOf = async (body: unknown): Promise<Buffer> => {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === "string" || body instanceof Uint8Array) return Buffer.from(body as Uint8Array);
  const chunks: Buffer[] = [];
  for await (const chunk of body as Readable) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};
