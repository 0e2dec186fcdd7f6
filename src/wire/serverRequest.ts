import type { IncomingMessage } from "node:http";
import type { HttpHeaders, HttpRequest } from "../kernel/http.ts";
import { Abortable } from "./abortable.ts";
import { addressOf } from "./lane/laneRequest.ts";

/** A request as Node's own server read it. */
export class ServerRequest extends Abortable implements HttpRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly headers: HttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly repeatsHeaders: boolean;
  readonly body: IncomingMessage;
  readonly remoteAddress?: string;
  readonly isSecure: boolean;

  constructor(message: IncomingMessage) {
    super();
    const { method = "GET", url = "/", headers, rawHeaders, socket } = message;
    const mark = url.indexOf("?");
    this.method = method;
    this.host = headers.host ?? "";
    this.path = mark === -1 ? url : url.slice(0, mark);
    this.rawQuery = mark === -1 ? "" : url.slice(mark + 1);
    this.headers = headers;
    this.rawHeaders = rawHeaders;
    this.repeatsHeaders = rawHeaders.length > 2 * Object.keys(headers).length;
    this.body = message;
    if (socket.remoteAddress) this.remoteAddress = addressOf(socket);
    this.isSecure = "encrypted" in socket;
  }
}
