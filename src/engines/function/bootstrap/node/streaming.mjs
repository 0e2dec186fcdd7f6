import { Writable } from "node:stream";
import { errorDocument, RuntimeError } from "./errors.mjs";

const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");
const HIGH_WATER_MARK = Symbol.for("aws.lambda.runtime.handler.streaming.highWaterMark");
const PRELUDE_TYPE = "application/vnd.awslambda.http-integration-response";
/** Parts the metadata from the body. */
const PRELUDE_END = Buffer.alloc(8);

/** What functions find under the global `awslambda`. */
export const awslambda = {
  streamifyResponse: (handler, options) => {
    handler[STREAMING] = "response";
    if (typeof options?.highWaterMark === "number") handler[HIGH_WATER_MARK] = options.highWaterMark;
    return handler;
  },
  HttpResponseStream: {
    from: (stream, prelude) => {
      stream.setContentType(PRELUDE_TYPE);
      stream.prelude = Buffer.concat([Buffer.from(JSON.stringify(prelude)), PRELUDE_END]);
      return stream;
    },
  },
};

export const isStreaming = (handler) => handler[STREAMING] === "response";

/** The stream a streaming handler writes its response to. */
export class ResponseStream extends Writable {
  constructor(client, requestId, handler) {
    super({ highWaterMark: handler[HIGH_WATER_MARK] ?? 64 * 1024 });
    this.client = client;
    this.requestId = requestId;
    this.contentType = "application/octet-stream";
    this.on("error", () => {});
  }

  setContentType(contentType) {
    if (this.request) throw new RuntimeError("InvalidStreamingOperation", "Cannot set content-type, too late.");
    this.contentType = contentType;
  }

  open() {
    if (this.request) return;
    this.request = this.client.stream(this.requestId, this.contentType);
    if (this.prelude) this.request.write(this.prelude);
  }

  _write(chunk, _encoding, done) {
    this.open();
    this.request.write(chunk, done);
  }

  _final(done) {
    this.open();
    this.request.end().then(() => done(), done);
  }

  /** Gives up: as an ordinary error before the first byte, as a trailer after it. */
  async fail(error) {
    const document = errorDocument(error);
    if (this.request && !this.writableFinished) await this.request.end(document);
    else await this.client.fail(this.requestId, document);
    this.destroy();
  }
}
