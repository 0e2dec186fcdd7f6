import type { HttpHeaders } from "../../kernel/http.ts";

/** The head of a plain call, and how much of the bytes it was. */
export interface RequestHead {
  readonly headers: HttpHeaders;
  readonly host: string;
  readonly headBytes: number;
  readonly bodyBytes: number;
  /** Whether the client wants the connection closed after the answer. */
  readonly closes: boolean;
}

/** What the bytes so far are: a call's head, not all of one yet, or something for an ordinary HTTP server. */
export type ReadHead = RequestHead | "partial" | "other";

const REQUEST_LINE = "POST / HTTP/1.1\r\n";
const HEAD_END = "\r\n\r\n";
const MAX_HEAD_BYTES = 16 * 1024;
/** Beyond this a body streams better than it waits. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Reads the head of an awsJson call: `POST /` with an `X-Amz-Target`. Strict on purpose: what has a repeated header, a
 * transfer coding, an expectation, an origin, or a character out of place is left to Node's own parser, which knows all
 * of HTTP.
 */
export const readHead = (bytes: Buffer): ReadHead => {
  if (!beginsAsCall(bytes)) return "other";
  const end = bytes.indexOf(HEAD_END, 0, "latin1");
  if (end < 0) return bytes.length < MAX_HEAD_BYTES ? "partial" : "other";
  if (end > MAX_HEAD_BYTES) return "other";
  const headers = readHeaders(bytes.toString("latin1", REQUEST_LINE.length, end));
  return headers ? headOf(headers, end + HEAD_END.length) : "other";
};

const beginsAsCall = (bytes: Buffer): boolean => {
  const length = Math.min(bytes.length, REQUEST_LINE.length);
  return bytes.toString("latin1", 0, length) === REQUEST_LINE.slice(0, length);
};

// Characters that may not be in a head, line ends that are none, and lines folded.
const UNUSUAL = /[^\t\r\n\x20-\x7e]|\r(?!\n)|(?<!\r)\n|\n[ \t]/;
const LENGTH = /^\d{1,7}$/;
/** Headers that change how a message is read, or who may read its answer. */
const DECISIVE = ["transfer-encoding", "expect", "upgrade", "origin", "content-encoding"] as const;

const headOf = (headers: Record<string, string>, headBytes: number): ReadHead => {
  const { host, connection = "keep-alive" } = headers;
  const length = headers["content-length"];
  if (host === undefined || headers["x-amz-target"] === undefined || length === undefined) return "other";
  if (!LENGTH.test(length) || DECISIVE.some((name) => headers[name] !== undefined)) return "other";
  const bodyBytes = Number(length);
  const closes = connection === "close";
  if (bodyBytes > MAX_BODY_BYTES || !(closes || connection.toLowerCase() === "keep-alive")) return "other";
  return { headers, host, headBytes, bodyBytes, closes };
};

/** The headers by lower-case name; undefined when they are not as plain as could be. */
const readHeaders = (text: string): Record<string, string> | undefined => {
  if (UNUSUAL.test(text)) return undefined;
  const headers: Record<string, string> = {};
  for (let at = 0; at < text.length; ) {
    const lineEnd = text.indexOf("\r\n", at);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const colon = text.indexOf(":", at);
    if (colon < 0 || colon >= end) return undefined;
    const name = headerName(text.slice(at, colon));
    if (name === undefined || Object.hasOwn(headers, name)) return undefined;
    headers[name] = text.slice(colon + 1, end).trim();
    at = end + 2;
  }
  return headers;
};

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const MAX_KNOWN_NAMES = 500;
const knownNames = new Map<string, string>();

/** A header's name in lower case; the few that clients send are remembered. */
const headerName = (text: string): string | undefined => {
  const known = knownNames.get(text);
  if (known !== undefined) return known;
  if (!NAME.test(text) || text === "__proto__") return undefined;
  const name = text.toLowerCase();
  if (knownNames.size >= MAX_KNOWN_NAMES) knownNames.clear();
  knownNames.set(text, name);
  return name;
};
