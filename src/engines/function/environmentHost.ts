import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { TemporaryCredentials } from "../../kernel/service.ts";
import type { TrustFiles } from "../../kernel/trust.ts";
import type { LaunchChild } from "./childProcess.ts";
import type { InitializationType } from "./command.ts";
import type { RuntimeApi } from "./runtimeApi.ts";
import type { Interpreter } from "./runtimes.ts";
import type { Saturation } from "./saturation.ts";
import type { Spares } from "./spares.ts";
import type { CodeFolders, FunctionLogSink, FunctionSpec, SegmentSink } from "./spec.ts";
import type { Answer, Ending } from "./work.ts";

/** What execution environments share. */
export interface EnvironmentHost {
  readonly api: RuntimeApi;
  readonly launch: LaunchChild;
  readonly spares: Spares;
  readonly ids: Ids;
  /** The cloud's time: log events. */
  readonly clock: Clock;
  /** The machine's time, in which processes really run: timeouts. */
  readonly machineClock: Clock;
  /** A stopwatch with fractions of milliseconds. */
  readonly stopwatchMs: () => number;
  readonly log: FunctionLogSink;
  /** Takes the segments of functions that are traced. */
  readonly segment?: SegmentSink;
  readonly codeFolders: (spec: FunctionSpec) => Promise<CodeFolders>;
  readonly credentials: (spec: FunctionSpec) => Promise<TemporaryCredentials>;
  readonly endpoint: () => string;
  readonly trust?: () => TrustFiles;
  /** The Node.js of a major version, where it is here and another than the one that runs this. */
  readonly nodeOf: (major: number) => Interpreter | undefined;
  readonly scratchRoot: () => string;
  readonly saturation: Saturation;
  /** Hears that some environment has become idle. */
  readonly idled: () => void;
}

/** Why an environment never came to wait for an event. */
export interface StartFailure {
  readonly answer: (requestId: string) => [Ending, Answer];
  /** There is nothing to start, so another attempt would end like this one. */
  readonly isFinal: boolean;
}

/** How an environment is started. */
export interface StartOptions {
  readonly initialization?: InitializationType;
  /** AWS: a start that failed is tried once more within the invocation, and may then take as long as that. */
  readonly withinInvocation?: boolean;
  /** It is debugged: a debugger is waited for, and nothing takes too long. */
  readonly inspectPort?: number | undefined;
}
