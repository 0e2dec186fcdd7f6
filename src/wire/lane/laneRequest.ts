import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { HttpHeaders, HttpRequest } from "../../kernel/http.ts";
import type { RequestHead } from "./requestHead.ts";

/** A call that came whole. What few calls ask for, its signal and its body as a stream, is made when asked for. */
export class LaneRequest implements HttpRequest {
  readonly method = "POST";
  readonly path = "/";
  readonly rawQuery = "";
  readonly host: string;
  readonly headers: HttpHeaders;
  readonly bytes: Buffer;
  readonly remoteAddress: string;
  #gone: AbortController | undefined;

  constructor({ host, headers }: RequestHead, bytes: Buffer, remoteAddress: string) {
    this.host = host;
    this.headers = headers;
    this.bytes = bytes;
    this.remoteAddress = remoteAddress;
  }

  get body(): Readable {
    return Readable.from([this.bytes], { objectMode: false });
  }

  get signal(): AbortSignal {
    this.#gone ??= new AbortController();
    return this.#gone.signal;
  }

  /** The client went away. */
  abort(): void {
    this.#gone ??= new AbortController();
    this.#gone.abort(new Error("the client went away"));
  }
}

/** The address a socket speaks with, as policies know it. */
export const addressOf = (socket: Socket): string => (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
