import { STATUS_CODES } from "node:http";
import type { HttpResponse } from "../../kernel/http.ts";

/** An answer as it goes over the wire, head and body in one piece. `body` must be whole. */
export const answerText = ({ status, headers }: HttpResponse, body: string, closes: boolean): string => {
  let head = statusLine(status);
  for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
  return `${head}date: ${dateNow()}\r\nconnection: ${closes ? "close" : "keep-alive"}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
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
