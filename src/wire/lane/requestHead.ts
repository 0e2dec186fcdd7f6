import type { HttpHeaders } from "../../kernel/http.ts";

/** The head of a plain request, and how much of the bytes it was. */
export interface RequestHead extends RequestLine {
  /** Whether it is an awsJson call, if its host is one of the API's. */
  readonly isCall: boolean;
  readonly headers: HttpHeaders;
  readonly host: string;
  readonly headBytes: number;
  readonly bodyBytes: number;
  /** Whether the client wants the connection closed after the answer. */
  readonly closes: boolean;
}

/** What the bytes so far are: a plain head, not all of one yet, or something for an ordinary HTTP server. */
export type ReadHead = RequestHead | "partial" | "other";

interface RequestLine {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
}

const REQUEST_LINE = /^(GET|POST|PUT|PATCH|DELETE|OPTIONS) (\/[!-~]*) HTTP\/1\.1$/;
const LINE_END = "\r\n";
const HEAD_END = "\r\n\r\n";
const MAX_HEAD_BYTES = 16 * 1024;
/** Beyond this a body streams better than it waits. */
const MAX_BODY_BYTES = 1024 * 1024;

type Headers = Readonly<Record<string, string>>;

/** One line of a head. */
interface HeadLine {
  /** As it came, with its end. */
  readonly text: string;
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

/**
 * Reads the heads of one connection's requests. Strict on purpose: what has a repeated header, a transfer coding, an
 * expectation, or a character out of place is left to Node's own parser, which knows all of HTTP; and with it the rest of
 * the connection, so a reader that said so once is not asked again.
 *
 * The heads of one client differ in a few lines only: a line that says what it said last time is taken over as it was read.
 */
export class HeadReader {
  private readonly lines: HeadLine[] = [];
  private headers: Headers = {};
  private requestText = "";
  private request: RequestLine | undefined;

  read(bytes: Buffer): ReadHead {
    const text = bytes.toString("latin1", 0, Math.min(bytes.length, MAX_HEAD_BYTES));
    const end = text.indexOf(HEAD_END);
    if (end < 0) return METHOD_BEGINS.test(text) && bytes.length < MAX_HEAD_BYTES ? "partial" : "other";
    const request = this.readRequestLine(text.slice(0, text.indexOf(LINE_END)));
    const headers = request && this.readLines(text, this.requestText.length + LINE_END.length, end + LINE_END.length);
    if (!headers) return "other";
    this.headers = headers;
    return headOf(request, headers, end + HEAD_END.length);
  }

  private readRequestLine(text: string): RequestLine | undefined {
    if (text === this.requestText) return this.request;
    const [, method, target] = REQUEST_LINE.exec(text) ?? [];
    this.requestText = text;
    this.request = method === undefined || target === undefined ? undefined : { method, ...partsOf(target) };
    return this.request;
  }

  /** The headers by lower-case name; undefined when they are not as plain as could be. */
  private readLines(text: string, begin: number, end: number): Headers | undefined {
    const { lines } = this;
    const headers: Record<string, string> = { ...this.headers };
    let hasSameNames = true;
    let count = 0;
    for (let at = begin; at < end; count++) {
      const before = lines[count];
      if (before !== undefined && text.slice(at, at + before.text.length) === before.text) {
        at += before.text.length;
        continue;
      }
      const line = readLine(text.slice(at, text.indexOf(LINE_END, at) + LINE_END.length));
      if (!line) return undefined;
      lines[count] = line;
      headers[line.name] = line.value;
      hasSameNames &&= line.name === before?.name;
      at += line.text.length;
    }
    hasSameNames &&= count === lines.length;
    lines.length = count;
    return hasSameNames ? headers : headersOf(lines);
  }
}

const METHOD_BEGINS = /^(?:[A-Z]{1,7}$|[A-Z]{3,7} )/;

const partsOf = (target: string) => {
  const mark = target.indexOf("?");
  return mark < 0 ? { path: target, rawQuery: "" } : { path: target.slice(0, mark), rawQuery: target.slice(mark + 1) };
};

/** Undefined where a name is repeated. */
const headersOf = (lines: readonly HeadLine[]): Headers | undefined => {
  const headers: Record<string, string> = {};
  for (const { name, value } of lines) {
    if (Object.hasOwn(headers, name)) return undefined;
    headers[name] = value;
  }
  return headers;
};

const LENGTH = /^\d{1,7}$/;

const headOf = ({ method, path, rawQuery }: RequestLine, headers: Headers, headBytes: number): ReadHead => {
  const { host, connection = "keep-alive", "content-length": length = "0" } = headers;
  if (host === undefined || !LENGTH.test(length)) return "other";
  const bodyBytes = Number(length);
  const closes = connection === "close";
  if (bodyBytes > MAX_BODY_BYTES || !(closes || connection.toLowerCase() === "keep-alive")) return "other";
  const isCall = method === "POST" && path === "/" && rawQuery === "" && isOfCall(headers);
  return { method, path, rawQuery, isCall, headers, host, headBytes, bodyBytes, closes };
};

/** Calls of pages, whose answers need more headers, and packed ones have their own way. */
const isOfCall = (headers: Headers): boolean =>
  headers["x-amz-target"] !== undefined &&
  headers["content-length"] !== undefined &&
  headers["origin"] === undefined &&
  headers["content-encoding"] === undefined;

// Characters that may not be in a line, and line ends that are none.
const UNUSUAL = /[^\t\x20-\x7e]/;

/** A line with its end; undefined when it is not as plain as could be. */
const readLine = (text: string): HeadLine | undefined => {
  const colon = text.indexOf(":");
  const name = colon < 0 ? undefined : headerName(text.slice(0, colon));
  const value = text.slice(colon + 1, -LINE_END.length);
  return name === undefined || UNUSUAL.test(value) ? undefined : { text, name, value: value.trim() };
};

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Headers that change how a message is read, and a name that means something to objects. */
const DECISIVE = /^(transfer-encoding|expect|upgrade|__proto__)$/i;
const MAX_KNOWN_NAMES = 500;
const knownNames = new Map<string, string>();

/** A header's name in lower case, if the lane may read it; the few that clients send are remembered. */
const headerName = (text: string): string | undefined => {
  const known = knownNames.get(text);
  if (known !== undefined) return known;
  if (!NAME.test(text) || DECISIVE.test(text)) return undefined;
  const name = text.toLowerCase();
  if (knownNames.size >= MAX_KNOWN_NAMES) knownNames.clear();
  knownNames.set(text, name);
  return name;
};
