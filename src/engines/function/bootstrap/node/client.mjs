import { writeSync } from "node:fs";
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
/** What the channel takes at once when it is empty, so that it can be written without a stream. */
const MAX_PLAIN_BYTES = 32 * 1024;
const READ_BYTES = 64 * 1024;

/** Speaks with the environment in frames; engines/function/channel.ts is the other end. */
export class RuntimeClient {
  constructor() {
    this.waiting = undefined;
    this.hasAsked = false;
    // One buffer for all that is read: to make one for each event would cost as much as to read it.
    const callback = (size, buffer) => this.read(buffer.subarray(0, size));
    const onread = { buffer: Buffer.allocUnsafeSlow(READ_BYTES), callback };
    this.socket = new Socket({ fd: CHANNEL, readable: true, writable: true, onread });
    // Without its environment a process has no purpose: the cloud has gone, perhaps without a farewell.
    this.socket.on("error", () => process.exit(1));
    this.socket.on("close", () => process.exit(0));
    this.socket.resume();
  }

  /** The next event. Only this wait keeps the process alive; while an event is handled, its own work does. */
  async next() {
    this.socket.ref();
    if (!this.hasAsked) this.socket.write(NEXT);
    this.hasAsked = false;
    const text = await this.answer();
    this.socket.unref();
    const end = text.indexOf("\n");
    return { about: JSON.parse(text.slice(0, end)), text: text.slice(end + 1) };
  }

  /** What a spare process is to become. */
  async assignment() {
    this.socket.write(ASSIGNMENT);
    return JSON.parse(await this.answer());
  }

  answer() {
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  /** Answers an event, and asks for the one that `next` must wait for in the same turn. */
  respond(requestId, body) {
    const start = idPrefix(requestId);
    const length = start.length + Buffer.byteLength(body);
    const end = FRAME_HEADER_BYTES + length;
    const bytes = Buffer.allocUnsafe(end + NEXT.length);
    bytes.writeUInt32LE(length, 0);
    bytes[4] = FROM.response;
    bytes.latin1Write(start, FRAME_HEADER_BYTES);
    bytes.utf8Write(body, FRAME_HEADER_BYTES + start.length);
    bytes.set(NEXT, end);
    this.hasAsked = true;
    this.write(bytes);
  }

  write(bytes) {
    const written = this.socket.writableLength === 0 && bytes.length <= MAX_PLAIN_BYTES ? writtenPlainly(bytes) : 0;
    if (written < bytes.length) this.socket.write(bytes.subarray(written));
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

  /** Takes what has come; the bytes are good only until it returns. */
  read(bytes) {
    if (this.pieces) {
      this.pieces.push(Buffer.from(bytes));
      this.missing -= bytes.length;
      // The pieces of a large event are joined once, instead of with every piece.
      if (this.missing > 0) return;
    }
    const pending = this.pieces ? Buffer.concat(this.pieces) : bytes;
    const end = FRAME_HEADER_BYTES + (pending.length < FRAME_HEADER_BYTES ? 0 : pending.readUInt32LE(0));
    this.missing = end - pending.length;
    this.pieces = this.missing > 0 ? [Buffer.from(pending)] : undefined;
    if (this.pieces) return;
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.(pending.utf8Slice(FRAME_HEADER_BYTES, end));
    if (pending.length > end) this.read(pending.subarray(end));
  }
}

/** How much of it went out at once; what hinders it, the stream meets as well. */
const writtenPlainly = (bytes) => {
  try {
    return writeSync(CHANNEL, bytes);
  } catch {
    return 0;
  }
};

/** A request id as frames begin with it, after a byte that tells its length. */
const idPrefix = (requestId) => `${String.fromCharCode(requestId.length)}${requestId}`;
