import type { IncomingMessage, ServerResponse } from "node:http";

/** What one execution environment answers to its process. */
export interface RuntimeSession {
  /** A spare process asks what it is to become. */
  assignment(answer: (document: string) => void): void;
  /** The process waits for its next event. */
  next(answer: (event: NextEvent) => void): void;
  /** The process starts to answer an event; undefined when that event is not the one it has. */
  response(requestId: string, header: ResponseHeader): ResponseReceiver | undefined;
  /** The process reports that its event failed; false when that event is not the one it has. */
  invocationError(requestId: string, report: ErrorReport): boolean;
  /** The process reports that it could not load its function; false when it had said that it did. */
  initError(report: ErrorReport): boolean;
  /** Answers what is asked of the Extensions, Telemetry and Logs APIs. */
  extensionRequest(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The process is gone: the address stays for as long as this takes. */
  closing(): Promise<void>;
}

/** An event on its way to the process. */
export interface NextEvent {
  readonly requestId: string;
  /** The machine's time, in milliseconds since the epoch. */
  readonly deadlineMs: number;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  /** JSON, as the caller sent it. */
  readonly clientContext?: string;
  readonly payload: Uint8Array | string;
}

export interface ResponseHeader {
  readonly streaming: boolean;
  readonly contentType: string;
}

/** Takes a response as it comes in. */
export interface ResponseReceiver {
  /** False once the response is larger than it may be; a promise when the next chunk has to wait for it. */
  chunk(bytes: Buffer): boolean | Promise<void>;
  /** The response is whole; `error` when the process gave up in the middle of its stream. */
  end(error?: ErrorReport): void;
}

/** An error as the process described it. */
export interface ErrorReport {
  readonly errorType: string;
  readonly payload: Buffer;
}
