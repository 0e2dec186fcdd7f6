import { connect } from "node:net";

const PREFIX = "/2018-06-01/runtime/";
const PIPELINED = "Aloft-Pipelined: 1\r\n";
const HEADER_END = Buffer.from("\r\n\r\n");

/**
 * Speaks the runtime API over one kept connection. Plain bytes over a socket instead of node:http, because every event
 * passes here and the server is known: its answers always have a Content-Length.
 */
export class RuntimeClient {
  constructor(authority) {
    const [host, port] = authority.split(":");
    this.authority = authority;
    this.answers = [];
    this.isAnswering = false;
    this.pending = Buffer.alloc(0);
    this.socket = connect({ host, port: Number(port), noDelay: true });
    this.socket.on("data", (bytes) => this.read(bytes));
    // Without its runtime API a process has no purpose: the cloud has gone, perhaps without a farewell.
    this.socket.on("error", () => process.exit(1));
    this.socket.on("close", () => process.exit(0));
  }

  /** The next event. Only this wait keeps the process alive; while an event is handled, its own work does. */
  next() {
    this.socket.ref();
    const answer = this.expect();
    const pipelined = this.isAnswering ? PIPELINED : "";
    this.isAnswering = false;
    this.socket.write(`GET ${PREFIX}invocation/next HTTP/1.1\r\nHost: ${this.authority}\r\n${pipelined}\r\n`);
    return answer.then((event) => {
      this.socket.unref();
      return event;
    });
  }

  /** What a spare process is to become. */
  async assignment() {
    const answer = this.expect();
    this.socket.write(`GET /aloft/assignment HTTP/1.1\r\nHost: ${this.authority}\r\n\r\n`);
    return JSON.parse((await answer).body.toString());
  }

  /** Answers an event; `next` must follow in the same turn, so that both are a single write, and so are their answers. */
  respond(requestId, body) {
    this.isAnswering = true;
    return this.post(`invocation/${requestId}/response`, body, `Content-Type: application/json\r\n${PIPELINED}`);
  }

  fail(requestId, document) {
    return this.postError(requestId ? `invocation/${requestId}/error` : "init/error", document);
  }

  postError(path, document) {
    const type = `Lambda-Runtime-Function-Error-Type: ${headerText(document.errorType)}\r\n`;
    return this.post(path, JSON.stringify(document), `Content-Type: application/json\r\n${type}`);
  }

  post(path, body, headers) {
    const answer = this.expect();
    const start = `POST ${PREFIX}${path} HTTP/1.1\r\nHost: ${this.authority}\r\n${headers}`;
    const bytes = typeof body === "string" ? Buffer.byteLength(body) : body.length;
    this.socket.cork();
    process.nextTick(() => this.socket.uncork());
    this.socket.write(`${start}Content-Length: ${bytes}\r\n\r\n`);
    this.socket.write(body);
    return answer;
  }

  /** Starts a streamed answer: chunks as they come, and at the end what went wrong, if anything did. */
  stream(requestId, contentType) {
    const answer = this.expect();
    const { socket } = this;
    socket.write(
      `POST ${PREFIX}invocation/${requestId}/response HTTP/1.1\r\nHost: ${this.authority}\r\n` +
        `Content-Type: ${contentType}\r\nLambda-Runtime-Function-Response-Mode: streaming\r\n` +
        "Transfer-Encoding: chunked\r\n" +
        "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n",
    );
    return {
      write: (chunk, done) => {
        socket.cork();
        socket.write(`${chunk.length.toString(16)}\r\n`);
        socket.write(chunk);
        socket.write("\r\n", done);
        socket.uncork();
      },
      end: (error) => {
        const body = error && Buffer.from(JSON.stringify(error)).toString("base64");
        const trailers = error
          ? `Lambda-Runtime-Function-Error-Type: ${headerText(error.errorType)}\r\n` +
            `Lambda-Runtime-Function-Error-Body: ${body}\r\n`
          : "";
        socket.write(`0\r\n${trailers}\r\n`);
        return answer;
      },
    };
  }

  expect() {
    return new Promise((resolve) => this.answers.push(resolve));
  }

  read(bytes) {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    while (this.pending.length > 0) {
      const headerEnd = this.pending.indexOf(HEADER_END);
      if (headerEnd < 0) return;
      const headers = parseHeaders(this.pending.latin1Slice(0, headerEnd));
      const bodyStart = headerEnd + HEADER_END.length;
      const end = bodyStart + Number(headers["content-length"] ?? 0);
      if (this.pending.length < end) return this.expectMore(end);
      const body = this.pending.subarray(bodyStart, end);
      this.pending = this.pending.subarray(end);
      this.answers.shift()?.({ headers, body });
    }
  }

  /** Collects the pieces of a large event and joins them once, instead of with every piece. */
  expectMore(end) {
    const pieces = [this.pending];
    let size = this.pending.length;
    this.socket.removeAllListeners("data");
    this.socket.on("data", (bytes) => {
      pieces.push(bytes);
      size += bytes.length;
      if (size < end) return;
      this.socket.removeAllListeners("data");
      this.socket.on("data", (more) => this.read(more));
      this.pending = Buffer.alloc(0);
      this.read(Buffer.concat(pieces));
    });
  }
}

const parseHeaders = (text) => {
  const headers = {};
  for (const line of text.split("\r\n").slice(1)) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
};

/** An error may have any name; a header may not hold any character. */
const headerText = (text) => String(text).replace(/[^\x20-\x7e]/g, "?");
