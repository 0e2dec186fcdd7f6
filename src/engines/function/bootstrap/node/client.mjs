import { Socket } from "node:net";

/** The descriptor of the channel to our environment. */
const CHANNEL = 4;
const FRAME_HEADER_BYTES = 5;
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
const NEXT = Buffer.from([0, 0, 0, 0, FROM.next]);
const ASSIGNMENT = Buffer.from([0, 0, 0, 0, FROM.assignment]);
const LINE_BREAK = 0x0a;

/** Speaks with the environment in frames; engines/function/channel.ts is the other end. */
export class RuntimeClient {
  constructor() {
    this.waiting = undefined;
    this.pending = Buffer.alloc(0);
    this.socket = new Socket({ fd: CHANNEL, readable: true, writable: true });
    this.socket.on("data", (bytes) => this.read(bytes));
    // Without its environment a process has no purpose: the cloud has gone, perhaps without a farewell.
    this.socket.on("error", () => process.exit(1));
    this.socket.on("close", () => process.exit(0));
    this.socket.resume();
  }

  /** The next event. Only this wait keeps the process alive; while an event is handled, its own work does. */
  async next() {
    this.socket.ref();
    const body = await this.ask(NEXT);
    this.socket.unref();
    const end = body.indexOf(LINE_BREAK);
    return { about: JSON.parse(body.utf8Slice(0, end)), body: body.subarray(end + 1) };
  }

  /** What a spare process is to become. */
  async assignment() {
    return JSON.parse((await this.ask(ASSIGNMENT)).toString());
  }

  ask(frame) {
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.socket.write(frame);
    });
  }

  /** Answers an event; `next` must follow in the same turn, so that both are a single write. */
  respond(requestId, body) {
    const { socket } = this;
    socket.cork();
    process.nextTick(() => socket.uncork());
    const start = idPrefix(requestId);
    const length = start.length + Buffer.byteLength(body);
    const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + length);
    bytes.writeUInt32LE(length, 0);
    bytes[4] = FROM.response;
    bytes.latin1Write(start, FRAME_HEADER_BYTES);
    bytes.utf8Write(body, FRAME_HEADER_BYTES + start.length);
    socket.write(bytes);
  }

  /** Reports an error, of an event or of the start; resolves once it is on its way. */
  fail(requestId, document) {
    const report = `${String(document.errorType).replace(/\n/g, " ")}\n${JSON.stringify(document)}`;
    return requestId ? this.send(FROM.error, `${idPrefix(requestId)}${report}`) : this.send(FROM.initError, report);
  }

  /** Starts a streamed answer: chunks as they come, and at the end what went wrong, if anything did. */
  stream(requestId, contentType) {
    void this.send(FROM.streamOpen, `${idPrefix(requestId)}${contentType}`);
    return {
      write: (chunk, done) => this.send(FROM.streamChunk, chunk).then(() => done?.()),
      end: (error) => {
        const report = error ? `${String(error.errorType).replace(/\n/g, " ")}\n${JSON.stringify(error)}` : "";
        return this.send(FROM.streamEnd, `${idPrefix(requestId)}${report}`);
      },
    };
  }

  send(type, body) {
    const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
    header.writeUInt32LE(Buffer.byteLength(body), 0);
    header[4] = type;
    return new Promise((resolve) => {
      this.socket.cork();
      this.socket.write(header);
      this.socket.write(body, () => resolve());
      this.socket.uncork();
    });
  }

  read(bytes) {
    if (this.pieces) {
      this.pieces.push(bytes);
      this.missing -= bytes.length;
      if (this.missing > 0) return;
      this.pending = Buffer.concat(this.pieces);
      this.pieces = undefined;
    } else this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    if (this.pending.length < FRAME_HEADER_BYTES) return;
    const end = FRAME_HEADER_BYTES + this.pending.readUInt32LE(0);
    if (this.pending.length < end) {
      // The pieces of a large event are joined once, instead of with every piece.
      this.pieces = [this.pending];
      this.missing = end - this.pending.length;
      return;
    }
    const body = this.pending.subarray(FRAME_HEADER_BYTES, end);
    this.pending = this.pending.subarray(end);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.(body);
  }
}

/** A request id as frames begin with it, after a byte that tells its length. */
const idPrefix = (requestId) => `${String.fromCharCode(requestId.length)}${requestId}`;
