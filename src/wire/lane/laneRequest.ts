import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { HttpHeaders, HttpRequest } from "../../kernel/http.ts";
import { Abortable } from "../abortable.ts";
import type { RequestHead } from "./requestHead.ts";

/** Whom a connection is with, and how. */
export interface Origin {
  readonly address: string;
  readonly isSecure: boolean;
}

/** A request that came whole. Its body as a stream and its headers as they were sent, for which few calls ask, are made when asked for. */
export class LaneRequest extends Abortable implements HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly host: string;
  readonly headers: HttpHeaders;
  readonly bytes: Buffer;
  readonly remoteAddress: string;
  readonly isSecure: boolean;
  private readonly head: Buffer;

  constructor({ method, path, rawQuery, host, headers, headBytes }: RequestHead, whole: Buffer, from: Origin) {
    super();
    this.method = method;
    this.path = path;
    this.rawQuery = rawQuery;
    this.host = host;
    this.headers = headers;
    this.head = whole.subarray(0, headBytes);
    this.bytes = whole.subarray(headBytes);
    this.remoteAddress = from.address;
    this.isSecure = from.isSecure;
  }

  /** The lines behind the request's own, as they came. Few ask for them. */
  get rawHeaders(): readonly string[] {
    const [, ...lines] = this.head.toString("latin1").trimEnd().split("\r\n");
    return lines.flatMap((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
  }

  get body(): Readable {
    return Readable.from([this.bytes], { objectMode: false });
  }
}

export const originOf = (socket: Socket): Origin => ({ address: addressOf(socket), isSecure: "encrypted" in socket });

/** The address a socket speaks with, as policies know it. */
export const addressOf = (socket: Socket): string => (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
