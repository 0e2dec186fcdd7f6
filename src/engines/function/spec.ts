/** One published or unpublished version of a function, as its execution environments must know it. */
export interface FunctionSpec {
  /** Names this code and configuration: what changes either has another key, and so other environments. */
  readonly key: string;
  readonly functionName: string;
  /** `$LATEST` or a number. */
  readonly version: string;
  /** `nodejs22.x` */
  readonly runtime: string;
  readonly handler: string;
  readonly memoryMb: number;
  /** What its temporary files may take. */
  readonly ephemeralMb: number;
  readonly timeoutMs: number;
  readonly region: string;
  /** The function's own variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly roleArn: string;
  readonly logging: LoggingSpec;
  /** Its code's segments are taken to X-Ray. */
  readonly isTraced?: boolean;
  /** Environments this function may use at once; absent: what the account has unreserved. */
  readonly reservedConcurrency?: number;
}

/** Where and how a function logs. */
export interface LoggingSpec {
  readonly group: string;
  readonly format: "Text" | "JSON";
  readonly applicationLevel?: string;
  readonly systemLevel?: string;
}

/** Folders with a function's unpacked code. */
export interface CodeFolders {
  /** `LAMBDA_TASK_ROOT` */
  readonly taskRoot: string;
  /** The function's layers laid over one another: what AWS mounts at `/opt`. */
  readonly layerRoot?: string;
}

/** One event for a function. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: Uint8Array | string;
  readonly invokedFunctionArn: string;
  /** JSON, as the caller sent it. */
  readonly clientContext?: string;
  /** The `X-Amzn-Trace-Id` header. */
  readonly traceId?: string;
  /** The part of that trace which led to it, where one did. */
  readonly calledFrom?: string | undefined;
  /** Whether the result carries the last 4 KB of this invocation's log. */
  readonly tail?: boolean;
  /**
   * Receives the response as it is written, for callers that stream; the result's payload is then empty. What it returns
   * holds the function up until whoever reads has caught up.
   */
  readonly onChunk?: (chunk: Uint8Array, contentType: string) => Promise<void> | undefined;
}

/** What came of an invocation. Its failures are results, too: only throttling throws. */
export interface InvocationResult {
  readonly outcome: "success" | "error";
  /** The handler's answer, or the error's document. */
  readonly payload: Buffer;
  readonly contentType: string;
  /** Base64, when the invocation asked for it. */
  readonly logTail: string | undefined;
  readonly durationMs: number;
  /** How long its environment took to start, where this was its first event. */
  readonly initDurationMs?: number | undefined;
}

/** One line of a function's log. */
export interface FunctionLogEntry {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly message: string;
}

/** Takes the log of one execution environment, a line or a message at a time. */
export type FunctionLogSink = (spec: FunctionSpec, logStream: string, entry: FunctionLogEntry) => void;

/** Takes a segment that a function's code has sent, as it was sent. */
export type SegmentSink = (spec: FunctionSpec, document: string) => void;

/** The function may not run once more at the moment: AWS's TooManyRequestsException. */
export class Throttled extends Error {
  readonly reason: "ReservedFunctionConcurrentInvocationLimitExceeded" | "ConcurrentInvocationLimitExceeded";
  constructor(reason: Throttled["reason"]) {
    super("Rate Exceeded.");
    this.name = "Throttled";
    this.reason = reason;
  }
}
