import type { Socket } from "node:net";
import { pipeline } from "node:stream/promises";
import type { HttpResponse } from "../../kernel/http.ts";
import type { Handler } from "../handle.ts";
import type { Outbox } from "../outbox.ts";
import { arePlain, streamedAnswer, wholeAnswer } from "./answerText.ts";
import { LaneRequest, type Origin, originOf } from "./laneRequest.ts";
import { HeadReader, type RequestHead } from "./requestHead.ts";

export interface LaneParts {
  /** Answers a call whose head names its operation. */
  readonly call: Handler;
  /** Answers a request to an HTTP API. */
  readonly request: Handler;
  /** Whether a Host header is one of the plain names under which there is nothing but the API. */
  readonly isPlainHost: (host: string) => boolean;
  /**
   * Takes over a connection on which something else than a plain call came. It is paused, and the bytes read so far, of
   * which `first` is the first, are put back.
   */
  readonly handOver: (socket: Socket, first: number | undefined) => void;
  /** Shared by all connections of the port. */
  readonly outbox: Outbox;
}

/** A connection without a request is closed after this, as the ordinary server does. */
const IDLE_TIMEOUT_MS = 65_000;
/** How long a request may take to arrive, so that nobody holds a connection with half of one. */
const ARRIVAL_TIMEOUT_MS = 30_000;
/** What a client may send ahead while its request is answered. */
const MAX_AHEAD_BYTES = 2 * 1024 * 1024;

/** HTTP APIs have hosts of their own, or a path for clients that cannot resolve those. */
const API_HOST = /^[a-z0-9]+\.execute-api\.localhost(?::\d+)?$/i;
const APIS_PATH = "/_execute-api/";

/**
 * The fast lane of the API's port: plain awsJson calls, which are nearly all of a program's, and plain requests to HTTP
 * APIs are read and answered here with one read and one write. On the first bytes that are anything else, the connection
 * becomes Node's own HTTP server's, for good. Why: docs/decisions/0007-fast-lane.md.
 */
export const joinLane = (socket: Socket, parts: LaneParts): void => {
  new Lane(socket, parts).open();
};

class Lane {
  private readonly socket: Socket;
  private readonly parts: LaneParts;
  private readonly origin: Origin;
  private readonly heads = new HeadReader();
  /** Bytes that are not answered yet. */
  private pending: Buffer | undefined;
  private answering: LaneRequest | undefined;
  private arrivingSince: number | undefined;
  private host = "";
  private hostKind: "api" | "plain" | "other" = "other";
  /** The client sends nothing more. */
  private ended = false;

  constructor(socket: Socket, parts: LaneParts) {
    this.socket = socket;
    this.parts = parts;
    this.origin = originOf(socket);
  }

  open(): void {
    const { socket } = this;
    socket.setNoDelay(true);
    socket.setTimeout(IDLE_TIMEOUT_MS);
    for (const [event, listener] of this.listeners) socket.on(event, listener);
  }

  private readonly take = (chunk: Buffer): void => {
    this.pending = this.pending ? Buffer.concat([this.pending, chunk]) : chunk;
    if (!this.answering) this.next();
    else if (this.pending.length > MAX_AHEAD_BYTES) this.socket.pause();
  };

  private readonly timeout = (): void => {
    if (!this.answering) this.socket.destroy();
  };

  private readonly fail = (): void => {
    this.socket.destroy();
  };

  private readonly closed = (): void => {
    this.answering?.abort();
  };

  /** The server's sockets stay half open unless they are told: who has said all still gets its answers, and then the end. */
  private readonly finish = (): void => {
    this.ended = true;
    if (!this.answering) this.socket.end();
  };

  private readonly listeners = [
    ["data", this.take],
    ["end", this.finish],
    ["timeout", this.timeout],
    ["error", this.fail],
    ["close", this.closed],
  ] as const;

  /** Begins the next request, if it is all there. */
  private next(): void {
    const { pending } = this;
    if (!pending) return;
    const head = this.heads.read(pending);
    if (head === "partial") this.waitForMore();
    else if (head === "other") this.leave(pending);
    else this.meet(head, pending);
  }

  private meet(head: RequestHead, pending: Buffer): void {
    const handler = this.handlerOf(head);
    if (!handler) this.leave(pending);
    else if (pending.length < head.headBytes + head.bodyBytes) this.waitForMore();
    else this.begin(head, pending, handler);
  }

  /** Who answers a request; undefined when it is not one for the lane. */
  private handlerOf({ isCall, host, path }: RequestHead): Handler | undefined {
    if (host !== this.host) {
      this.host = host;
      this.hostKind = API_HOST.test(host) ? "api" : this.parts.isPlainHost(host) ? "plain" : "other";
    }
    const { hostKind, parts } = this;
    if (hostKind === "api" || (hostKind === "plain" && path.startsWith(APIS_PATH))) return parts.request;
    return isCall && hostKind === "plain" ? parts.call : undefined;
  }

  private waitForMore(): void {
    // The machine's time: how slow a client may be is no business of the cloud's clock.
    const now = performance.now();
    this.arrivingSince ??= now;
    if (now - this.arrivingSince > ARRIVAL_TIMEOUT_MS) this.socket.destroy();
  }

  private begin(head: RequestHead, pending: Buffer, handler: Handler): void {
    const end = head.headBytes + head.bodyBytes;
    this.arrivingSince = undefined;
    this.pending = pending.length === end ? undefined : pending.subarray(end);
    const request = new LaneRequest(head, pending.subarray(0, end), this.origin);
    this.answering = request;
    handler(request).then(
      (response) => {
        if (handler === this.parts.call || arePlain(response.headers)) this.send(response, head.closes);
        else this.fail();
      },
      // The handler answers bugs of ours itself; what it cannot answer ends the connection.
      this.fail,
    );
  }

  private send(response: HttpResponse, closes: boolean): void {
    const { body = "" } = response;
    if (typeof body !== "string" && !(body instanceof Uint8Array)) {
      const written = pipeline(streamedAnswer(response, body, closes), this.socket, { end: false });
      written.then(() => this.written(closes), this.fail);
      return;
    }
    const answer = wholeAnswer(response, body, closes);
    // What was sent ahead is not kept waiting: once its client has said all, it could no longer be handed over.
    if (this.pending) this.write(answer, closes);
    else this.parts.outbox.add(() => this.write(answer, closes));
  }

  private write(answer: string | Buffer, closes: boolean): void {
    const { socket } = this;
    if (socket.destroyed) return;
    if (socket.write(answer) || closes) this.written(closes);
    else socket.once("drain", () => this.written(closes));
  }

  private written(closes: boolean): void {
    if (closes) this.socket.end();
    else this.answered();
  }

  private answered(): void {
    this.answering = undefined;
    if (this.socket.isPaused()) this.socket.resume();
    this.next();
    if (this.ended && !this.answering) this.socket.end();
  }

  private leave(pending: Buffer): void {
    const { socket } = this;
    // Nothing can be put back into a connection that has ended.
    if (this.ended) return;
    for (const [event, listener] of this.listeners) socket.off(event, listener);
    socket.setTimeout(0);
    socket.pause();
    socket.unshift(pending);
    this.parts.handOver(socket, pending[0]);
  }
}
