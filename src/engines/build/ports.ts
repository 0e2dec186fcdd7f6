import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { SecretMask } from "../process/mask.ts";
import type { ProcessPort } from "../process/port.ts";
import type { BatchSpec, ReportSpec } from "./buildspec/types.ts";
import type { BuildSource } from "./spec.ts";
import type { BuildState } from "./state.ts";

/** What the engine needs of the world. Whatever throws BuildFailure fails the phase with its code and message. */
export interface BuildPorts {
  readonly clock: Clock;
  /** By which a build's own time runs out: its commands run at the machine's pace, however the cloud's time is scaled. */
  readonly machineClock: Clock;
  readonly ids: Ids;
  readonly processes: ProcessPort;
  /** Hides secrets in all that `log` is given; the engine adds those it resolves. */
  readonly mask: SecretMask;
  /** Puts a source into a folder that exists and is empty; gives the version it turned out to be. */
  fetchSource(source: BuildSource, into: string, signal: AbortSignal): Promise<FetchedSource>;
  /** The text of an object in S3, by its ARN. */
  readObject(arn: string): Promise<string>;
  /** Values of the Parameter Store by name. */
  resolveParameters(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  resolveSecret(reference: SecretReference): Promise<string>;
  /** A folder with the programs of a Node.js of that major version; undefined: this machine's own has to do. Throws BuildFailure when it cannot be had. */
  nodeRuntime(major: number, tell: (text: string) => void, signal: AbortSignal): Promise<string | undefined>;
  /** Files a report's raw results away in its group. */
  report(report: BuildReport, signal: AbortSignal): Promise<void>;
  /** Takes an artifact away; its files may be read until the promise resolves. */
  upload(artifact: BuildArtifact, signal: AbortSignal): Promise<void>;
  /** Called when a phase's commands have failed, before anything else happens: for whoever wants to look around. */
  readonly atFailure?: (place: FailedPlace) => Promise<void>;
  /** Takes the place of phases with commands: keeps what was prepared open for whoever wants to work there, until the signal. */
  readonly sandbox?: (place: SandboxPlace, signal: AbortSignal) => Promise<void>;
  /** What is left of the disk the build works on. */
  freeBytes(): Promise<number>;
  /** One line of the build's log. */
  log(line: string): void;
  /** Resolves when all lines are where readers find them; asked once, before the build completes. */
  flushLog(): Promise<void>;
  /** What came to light besides the state, before the state that follows from it. */
  learned(fact: BuildFact): void;
  /** Persists the state, then announces it. */
  changed(state: BuildState): void;
  /** Hears of an error that is no failure of the build's own: a bug of ours. */
  onFault(error: unknown): void;
  /** What every command sees besides: endpoint, credentials, network. */
  readonly environment: Readonly<Record<string, string>>;
  /** What lets `git` in a build use the source's credentials, for buildspecs that ask for it. */
  readonly gitCredentials: Readonly<Record<string, string>>;
  /** Folders before the system's on the PATH: where our `aws` is. */
  readonly path: readonly string[];
  /** This build's own folder, which its processes are marked with; removed at its end. */
  readonly directory: string;
  /** What the project's builds hand on to each other; absent when nothing is kept. */
  readonly cacheDirectory?: string;
  /** The same for what is kept under keys, also by other projects. */
  readonly keyedCacheDirectory?: string;
}

/** Where a build's shell was when a command failed. */
export interface FailedPlace {
  readonly cwd: string;
  /** A script that sets what the shell has exported. */
  readonly exports: string;
}

/** Where commands run that are given from outside. */
export interface SandboxPlace {
  /** The folder of the primary source. */
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface FetchedSource {
  /** The commit, for sources that have one. */
  readonly resolvedVersion?: string;
}

/** Something a build found out. */
export type BuildFact =
  | { readonly kind: "source"; readonly resolvedVersion: string | undefined }
  /** What the buildspec says of batches, from the build that only reads it. */
  | { readonly kind: "batch"; readonly batch: BatchSpec | undefined }
  /** The buildspec wants a build that ended so to start anew, so often at most. */
  | { readonly kind: "retry"; readonly times: number }
  | { readonly kind: "exports"; readonly variables: Readonly<Record<string, string>> };

/** `secret-id:json-key:version-stage:version-id`, taken apart. */
export interface SecretReference {
  readonly secretId: string;
  readonly jsonKey?: string;
  readonly versionStage?: string;
  readonly versionId?: string;
}

/** What one entry of a buildspec's `reports` found. */
export interface BuildReport {
  /** The name or the ARN of its group. */
  readonly group: string;
  readonly spec: ReportSpec;
  readonly files: readonly ArtifactFile[];
}

/** Files a build leaves behind. */
export interface BuildArtifact {
  /** Absent for the primary artifact. */
  readonly identifier?: string;
  readonly files: readonly ArtifactFile[];
  /** The name the buildspec gave it, where the project lets it. */
  readonly name?: string;
  readonly s3Prefix?: string;
}

export interface ArtifactFile {
  /** Where it is. */
  readonly path: string;
  /** Its name in the artifact, with slashes. */
  readonly name: string;
  /** Kept as a link instead of the file it leads to. */
  readonly isLink: boolean;
}
