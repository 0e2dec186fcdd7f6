import { type Failure, failurePayload, responseTooLarge } from "./failures.ts";
import { MAX_LOG_TAIL_BYTES, MAX_RESPONSE_BYTES, MAX_STREAMED_RESPONSE_BYTES } from "./limits.ts";
import type { ErrorReport, ResponseHeader, ResponseReceiver } from "./runtimeSession.ts";
import type { Invocation, InvocationResult } from "./spec.ts";

/** How an invocation went, for REPORT. */
export interface Ending {
  readonly status: "success" | Failure["status"];
  readonly errorType?: string;
  /** Of a failure that Lambda itself describes. */
  readonly errorMessage?: string;
}

/** One invocation under way in an environment: collects its response and the tail of its log, and answers once. */
export class Work {
  readonly invocation: Invocation;
  /** Milliseconds of the engine's stopwatch. */
  readonly startedMs: number;
  /** How long it was until its answer began. */
  latencyMs: number | undefined;
  /** It has been answered. */
  isEnded = false;
  private readonly resolve: (result: InvocationResult) => void;
  private readonly chunks: Buffer[] = [];
  private readonly tail: string[] = [];
  private tailBytes = 0;
  private receivedBytes = 0;

  constructor(invocation: Invocation, startedMs: number, resolve: (result: InvocationResult) => void) {
    this.invocation = invocation;
    this.startedMs = startedMs;
    this.resolve = resolve;
  }

  /** Takes the handler's answer; `done` is called with the result of the whole. */
  receiver(
    { streaming, contentType }: ResponseHeader,
    nowMs: number,
    done: (ending: Ending, answer: Answer) => void,
  ): ResponseReceiver {
    const { onChunk } = this.invocation;
    this.latencyMs = nowMs - this.startedMs;
    const maxBytes = streaming && onChunk ? MAX_STREAMED_RESPONSE_BYTES : MAX_RESPONSE_BYTES;
    return {
      chunk: (bytes) => {
        this.receivedBytes += bytes.length;
        if (this.receivedBytes <= maxBytes) {
          if (onChunk) return onChunk(bytes, contentType) ?? true;
          this.chunks.push(bytes);
          return true;
        }
        const failure = responseTooLarge(maxBytes);
        done(failure, { payload: failurePayload(failure), contentType: JSON_TYPE });
        return false;
      },
      end: (error) => {
        if (error) done(...reported(error));
        else done({ status: "success" }, { payload: this.body(), contentType });
      },
    };
  }

  get producedBytes(): number {
    return this.receivedBytes;
  }

  /** Keeps what of the log its caller asked to see. */
  logged(message: string): void {
    if (!this.invocation.tail) return;
    this.tail.push(message);
    this.tailBytes += message.length;
    while (this.tailBytes - (this.tail[0]?.length ?? 0) > MAX_LOG_TAIL_BYTES) {
      this.tailBytes -= this.tail.shift()?.length ?? 0;
    }
  }

  /** Tells the caller. */
  answer(
    ending: Ending,
    { payload, contentType }: Answer,
    took: Pick<InvocationResult, "durationMs" | "initDurationMs">,
  ): void {
    const outcome = ending.status === "success" ? "success" : "error";
    const logTail = this.invocation.tail ? this.logTail() : undefined;
    this.resolve({ outcome, payload, contentType, ...took, logTail });
  }

  private body(): Buffer {
    const [first] = this.chunks;
    return this.chunks.length === 1 && first ? first : Buffer.concat(this.chunks);
  }

  private logTail(): string {
    return Buffer.from(this.tail.join("")).subarray(-MAX_LOG_TAIL_BYTES).toString("base64");
  }
}

/** What the caller gets to read. */
export interface Answer {
  readonly payload: Buffer;
  readonly contentType: string;
}

export const JSON_TYPE = "application/json";

/** The ending and answer of an invocation whose error the process itself described. */
export const reported = ({ errorType, payload }: ErrorReport): [Ending, Answer] => [
  { status: "error", errorType },
  { payload, contentType: JSON_TYPE },
];

/** The same for a failure that Lambda describes. */
export const failed = (failure: Failure): [Ending, Answer] => [
  failure,
  { payload: failurePayload(failure), contentType: JSON_TYPE },
];
