import { STATUS_CODES } from "node:http";
import { canBeSent, type HttpResponse } from "../../kernel/http.ts";

/** An answer as it goes over the wire, head and body in one piece. */
export const wholeAnswer = (response: HttpResponse, body: string | Uint8Array, closes: boolean): string | Buffer => {
  const { status, headers } = response;
  const hasBody = status >= 200 && status !== 204 && status !== 304;
  const counts = hasBody && headers["content-length"] === undefined;
  const head = answerHead(response, counts ? `content-length: ${Buffer.byteLength(body)}\r\n` : "", closes);
  if (!hasBody) return Buffer.from(head, HEAD_ENCODING);
  // In a text of ASCII both encodings are the same, and to write a text is quickest.
  if (typeof body === "string" && Buffer.byteLength(head) === head.length) return head + body;
  return Buffer.concat([Buffer.from(head, HEAD_ENCODING), typeof body === "string" ? Buffer.from(body) : body]);
};

/** An answer whose body comes in pieces. */
export async function* streamedAnswer(response: HttpResponse, body: AsyncIterable<Uint8Array>, closes: boolean) {
  const isCounted = response.headers["content-length"] !== undefined;
  yield Buffer.from(answerHead(response, isCounted ? "" : "transfer-encoding: chunked\r\n", closes), HEAD_ENCODING);
  for await (const piece of body) {
    if (isCounted) yield piece;
    else if (piece.length > 0) yield Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, LINE_END]);
  }
  if (!isCounted) yield LAST_PIECE;
}

/** Whether headers can stand in a head, and leave the message what it is. */
export const arePlain = (headers: HttpResponse["headers"]): boolean =>
  headers["connection"] === undefined && headers["transfer-encoding"] === undefined && canBeSent(headers);

const HEAD_ENCODING = "latin1";
const LINE_END = Buffer.from("\r\n");
const LAST_PIECE = Buffer.from("0\r\n\r\n");

const answerHead = ({ status, headers }: HttpResponse, framing: string, closes: boolean): string => {
  let head = statusLine(status);
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === "string") head += `${name}: ${value}\r\n`;
    else for (const each of value ?? []) head += `${name}: ${each}\r\n`;
  }
  const date = headers["date"] === undefined ? `date: ${dateNow()}\r\n` : "";
  return `${head}${date}connection: ${closes ? "close" : "keep-alive"}\r\n${framing}\r\n`;
};

const OK = "HTTP/1.1 200 OK\r\n";

const statusLine = (status: number): string =>
  status === 200 ? OK : `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Unknown"}\r\n`;

let shownSecond = 0;
let shownDate = "";

/** The machine's time, as HTTP writes it, made once a second. */
const dateNow = (): string => {
  const now = Date.now();
  const second = Math.floor(now / 1000);
  if (second !== shownSecond) {
    shownSecond = second;
    shownDate = new Date(now).toUTCString();
  }
  return shownDate;
};
