import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { HttpHeaders, HttpRequest } from "../../kernel/http.ts";
import { Abortable } from "../abortable.ts";
import type { RequestHead } from "./requestHead.ts";

/** A call that came whole. Its body as a stream, for which few calls ask, is made when asked for. */
export class LaneRequest extends Abortable implements HttpRequest {
  readonly method = "POST";
  readonly path = "/";
  readonly rawQuery = "";
  readonly host: string;
  readonly headers: HttpHeaders;
  readonly bytes: Buffer;
  readonly remoteAddress: string;

  constructor({ host, headers }: RequestHead, bytes: Buffer, remoteAddress: string) {
    super();
    this.host = host;
    this.headers = headers;
    this.bytes = bytes;
    this.remoteAddress = remoteAddress;
  }

  get body(): Readable {
    return Readable.from([this.bytes], { objectMode: false });
  }
}

/** The address a socket speaks with, as policies know it. */
export const addressOf = (socket: Socket): string => (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
