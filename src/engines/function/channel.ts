import type { Duplex } from "node:stream";
import { MAX_STREAMED_RESPONSE_BYTES } from "./limits.ts";
import type { NextEvent, ResponseReceiver, RuntimeSession } from "./runtimeSession.ts";

/**
 * What our own Node.js bootstrap speaks with its environment, over a socket that only the two have: frames of a length, a
 * type, and a body. The runtime API says the same over HTTP, at several times the cost of a short invocation.
 */
const FRAME_HEADER_BYTES = 5;
/** A frame longer than any response is none. */
const MAX_FRAME_BYTES = MAX_STREAMED_RESPONSE_BYTES;

/** From the process. Those that answer an event begin with its request id, after a byte that tells its length. */
const FROM = {
  next: 1,
  response: 2,
  error: 3,
  initError: 4,
  streamOpen: 5,
  streamChunk: 6,
  streamEnd: 7,
  assignment: 8,
};
/** To the process. */
const TO = { event: 1, assignment: 2 };

/** Answers a process over its channel. One that does not keep to the frames is cut off. */
export const serveChannel = (socket: Duplex, session: RuntimeSession): void => {
  const peer = new Peer(socket, session);
  let pieces: Buffer[] = [];
  let size = 0;
  /** Nothing is looked at before this much is there: the pieces of a large frame are joined once. */
  let needed = FRAME_HEADER_BYTES;
  socket.on("data", (bytes: Buffer) => {
    pieces.push(bytes);
    size += bytes.length;
    if (size < needed) return;
    let pending = pieces.length === 1 ? bytes : Buffer.concat(pieces);
    for (;;) {
      needed = FRAME_HEADER_BYTES + (pending.length < FRAME_HEADER_BYTES ? 0 : pending.readUInt32LE(0));
      if (needed > MAX_FRAME_BYTES) return void socket.destroy();
      if (pending.length < needed) break;
      if (!peer.take(pending[4] ?? 0, pending.subarray(FRAME_HEADER_BYTES, needed))) return void socket.destroy();
      pending = pending.subarray(needed);
    }
    pieces = pending.length > 0 ? [pending] : [];
    size = pending.length;
  });
  // The process is gone: its environment hears of it by its end.
  socket.on("error", () => socket.destroy());
};

class Peer {
  private readonly socket: Duplex;
  private readonly session: RuntimeSession;
  private stream: ResponseReceiver | undefined;

  constructor(socket: Duplex, session: RuntimeSession) {
    this.socket = socket;
    this.session = session;
  }

  /** Takes a frame; false when it is none. */
  take(type: number, body: Buffer): boolean {
    switch (type) {
      case FROM.next:
        this.session.next((event) => this.socket.write(eventFrame(event)));
        return true;
      case FROM.assignment:
        this.session.assignment((document) => this.socket.write(frame(TO.assignment, Buffer.from(document))));
        return true;
      case FROM.initError:
        this.session.initError(reportIn(body));
        return true;
      case FROM.streamChunk:
        this.chunk(body);
        return true;
      default:
        return this.answer(type, ...afterId(body));
    }
  }

  private answer(type: number, requestId: string, body: Buffer): boolean {
    switch (type) {
      case FROM.response: {
        const receiver = this.session.response(requestId, BUFFERED);
        if (receiver?.chunk(body)) receiver.end();
        return true;
      }
      case FROM.error:
        this.session.invocationError(requestId, reportIn(body));
        return true;
      case FROM.streamOpen:
        this.stream = this.session.response(requestId, { streaming: true, contentType: body.toString() });
        return true;
      case FROM.streamEnd:
        this.stream?.end(body.length > 0 ? reportIn(body) : undefined);
        this.stream = undefined;
        return true;
      default:
        return false;
    }
  }

  private chunk(bytes: Buffer): void {
    const taken = this.stream?.chunk(bytes);
    if (taken === false) this.stream = undefined;
    if (typeof taken !== "object") return;
    this.socket.pause();
    void taken.then(() => this.socket.resume());
  }
}

const afterId = (body: Buffer): [string, Buffer] => {
  const end = 1 + (body[0] ?? 0);
  return [body.toString("latin1", 1, end), body.subarray(end)];
};

const BUFFERED = { streaming: false, contentType: "application/json" };

/** An error's type, a line break, and its document. */
const reportIn = (body: Buffer) => {
  const end = body.indexOf(0x0a);
  return { errorType: body.toString("utf8", 0, Math.max(end, 0)), payload: body.subarray(end + 1) };
};

const frame = (type: number, body: Uint8Array): Buffer => {
  const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + body.length);
  bytes.writeUInt32LE(body.length, 0);
  bytes[4] = type;
  bytes.set(body, FRAME_HEADER_BYTES);
  return bytes;
};

/** An event: what the process learns of it as one line of JSON, and the payload. */
const eventFrame = ({ payload, ...about }: NextEvent): Buffer => {
  const head = `${JSON.stringify(about)}\n`;
  const headBytes = Buffer.byteLength(head);
  const bodyBytes = headBytes + (typeof payload === "string" ? Buffer.byteLength(payload) : payload.length);
  const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + bodyBytes);
  bytes.writeUInt32LE(bodyBytes, 0);
  bytes[4] = TO.event;
  bytes.write(head, FRAME_HEADER_BYTES);
  if (typeof payload === "string") bytes.write(payload, FRAME_HEADER_BYTES + headBytes);
  else bytes.set(payload, FRAME_HEADER_BYTES + headBytes);
  return bytes;
};
