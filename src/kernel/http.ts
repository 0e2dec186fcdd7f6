import type { IncomingMessage } from "node:http";
import type { Duplex, Readable } from "node:stream";
import type { Principal } from "./principal.ts";

/** A request as it came, whether from a socket or from an SDK client in this process. */
export interface HttpRequest {
  readonly method: string;
  /** The `Host` header, port included. */
  readonly host: string;
  /** The path as sent, percent-escapes untouched, without the query. */
  readonly path: string;
  /** What follows `?`, as sent; empty when there is none. */
  readonly rawQuery: string;
  /** Header names in lower case. */
  readonly headers: HttpHeaders;
  /** Names and values of the headers by turns, just as they were sent; undefined where that is not known. */
  readonly rawHeaders?: readonly string[];
  /** Whether a name came more than once: `headers` join what `rawHeaders` tell apart. */
  readonly repeatsHeaders?: boolean;
  readonly body: Readable;
  /** All of the body, where it came together with the head. */
  readonly bytes?: Buffer;
  readonly remoteAddress?: string;
  /** Whether it came by TLS. */
  readonly isSecure?: boolean;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

/** A request that differs from another in something. Members are named, for a request may make some when they are asked for. */
export const requestLike = (request: HttpRequest, change: Partial<HttpRequest>): HttpRequest => ({
  method: request.method,
  host: request.host,
  path: request.path,
  rawQuery: request.rawQuery,
  headers: request.headers,
  body: request.body,
  signal: request.signal,
  ...(request.rawHeaders && !change.headers ? { rawHeaders: request.rawHeaders } : {}),
  ...(request.repeatsHeaders && !change.headers ? { repeatsHeaders: true } : {}),
  ...(request.bytes ? { bytes: request.bytes } : {}),
  ...(request.remoteAddress === undefined ? {} : { remoteAddress: request.remoteAddress }),
  ...(request.isSecure === undefined ? {} : { isSecure: request.isSecure }),
  ...change,
});

/** Headers by lower-case name. */
export type HttpHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A body to send: whole, or as it comes. */
export type HttpBody = string | Uint8Array | AsyncIterable<Uint8Array>;

/** An answer. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: HttpBody;
}

/** Whether headers that a function gave can be sent as they are: one with a line's end in it would say more than one header. */
export const canBeSent = (headers: HttpResponse["headers"]): boolean => {
  for (const name in headers) {
    if (!HEADER_NAME.test(name)) return false;
    const value = headers[name] ?? "";
    if (typeof value === "string" ? UNSENDABLE.test(value) : value.some((each) => UNSENDABLE.test(each))) return false;
  }
  return true;
};

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * A door beside the AWS API: HTTP APIs, websites, Git, the console.
 * Answers undefined when the request is not for it.
 */
export type FrontDoor = (request: HttpRequest) => Promise<HttpResponse> | undefined;

/** A request to speak another protocol from now on, as Node's server hands it over. */
export interface UpgradeRequest {
  readonly message: IncomingMessage;
  readonly socket: Duplex;
  /** What came after the request's head already. */
  readonly head: Buffer;
}

/** A door for WebSockets; false when the request is not for it. */
export type UpgradeDoor = (upgrade: UpgradeRequest) => boolean;

/** A call of a service in the text of its wire protocol. */
export interface ServiceRequest {
  /** As signatures name it: `dynamodb`. */
  readonly service: string;
  readonly region: string;
  /** The operation, where the address does not say it: `GetItem`. */
  readonly action: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly headers: HttpHeaders;
  readonly body: Buffer;
  readonly signal: AbortSignal;
}

/** Calls a service as a principal and answers as the service does; throws NotImplemented for one that is not there. */
export type ServiceCall = (principal: Principal, request: ServiceRequest) => Promise<HttpResponse>;

/** Names in lower case and values of the headers; several of one name stay several. */
export const headerPairs = (request: HttpRequest): (readonly [string, string])[] => {
  const { headers } = request;
  // Read only where they tell more: some requests make them when they are asked for.
  const rawHeaders = request.repeatsHeaders ? request.rawHeaders : undefined;
  if (rawHeaders)
    return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), rawHeaders[at + 1] ?? ""]] : []));
  const pairs: (readonly [string, string])[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    for (const each of typeof value === "string" ? [value] : value) pairs.push([name, each]);
  }
  return pairs;
};

/** The first value of a header. */
export const header = (headers: HttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === "string" || value === undefined ? value : value[0];
};
