import { handlerContext } from "./context.mjs";
import { errorDocument, RuntimeError } from "./errors.mjs";
import { logError, setRequestId } from "./logging.mjs";
import { eventOf } from "./responses.mjs";
import { isStreaming, ResponseStream } from "./streaming.mjs";

const NEVER_SETTLED =
  "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes";

/** Takes events one after another, for ever. Stack traces show its name, as they do on AWS. */
export class Runtime {
  constructor(client, handler) {
    this.client = client;
    this.handler = handler;
    this.isAsync = handler.constructor?.name === "AsyncFunction";
    this.handleOne = isStreaming(handler) ? this.handleStreaming : this.handleBuffered;
    /** What to do once the handler has left nothing to wait for. */
    this.whenDrained = undefined;
    process.on("beforeExit", () => {
      const drained = this.whenDrained;
      this.whenDrained = undefined;
      drained?.();
    });
  }

  async next() {
    const { about, text } = await this.client.next();
    this.requestId = about.requestId;
    setRequestId(this.requestId);
    this.answered = false;
    void this.handleOne(about, text);
  }

  /** Tells of an error that no handler caught. */
  failed(error) {
    return this.client.fail(this.requestId, errorDocument(error));
  }

  handleBuffered(about, text) {
    const context = { callbackWaitsForEmptyEventLoop: true };
    const done = (error, result) => {
      if (this.answered) return;
      this.answered = true;
      this.whenDrained = undefined;
      if (error === undefined || error === null) this.succeed(result);
      else this.refuse(error);
    };
    context.succeed = (result) => done(null, result);
    context.fail = (error) => done(error ?? "handled");
    context.done = done;
    const callback = (error, result) => {
      if (error || !context.callbackWaitsForEmptyEventLoop) return done(error, result);
      // AWS answers a callback only once the handler's work is done, unless told not to wait.
      if (!this.answered) this.whenDrained = () => done(null, result);
    };
    this.whenDrained = () => {
      if (this.isAsync) done(new RuntimeError("NodeJsExit", NEVER_SETTLED));
      else done(null, null);
    };
    try {
      const result = this.handler(eventOf(text), handlerContext(about, context), callback);
      if (typeof result?.then === "function") result.then(context.succeed, context.fail);
    } catch (error) {
      done(error);
    }
  }

  succeed(result) {
    let body;
    try {
      body = JSON.stringify(result === undefined ? null : result) ?? "null";
    } catch {
      return this.refuse(new Error("Unable to stringify response body"));
    }
    this.client.respond(this.requestId, body);
    void this.next();
  }

  refuse(error) {
    logError("Invoke Error", error);
    void this.client.fail(this.requestId, errorDocument(error));
    void this.next();
  }

  async handleStreaming(about, text) {
    const stream = new ResponseStream(this.client, this.requestId, this.handler);
    this.whenDrained = () => this.failStream(stream, new RuntimeError("NodeJsExit", NEVER_SETTLED));
    try {
      const context = handlerContext(about, { callbackWaitsForEmptyEventLoop: true });
      const result = this.handler(JSON.parse(text), stream, context);
      if (typeof result?.then !== "function") throw "Streaming does not support non-async handlers.";
      if ((await result) !== undefined) console.warn("Streaming handlers ignore return values.");
      if (!stream.writableEnded) throw "Response stream is not finished.";
      this.client.socket.ref();
      if (!stream.writableFinished) await new Promise((resolve) => stream.once("finish", resolve));
      this.whenDrained = undefined;
      void this.next();
    } catch (error) {
      await this.failStream(stream, error);
    }
  }

  async failStream(stream, error) {
    this.whenDrained = undefined;
    logError("Invoke Error", error);
    this.client.socket.ref();
    await stream.fail(error);
    void this.next();
  }
}
