import type * as sdk from "@aws-sdk/client-codebuild";
import type { BatchSpec } from "../../engines/build/buildspec/types.ts";
import { type CredentialServer, createCredentialServer } from "../../engines/build/credentialServer.ts";
import type { ProcessPort } from "../../engines/process/port.ts";
import { systemProcesses } from "../../engines/process/system.ts";
import type { OperationName } from "../../kernel/aws.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type * as kernel from "../../kernel/operation.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import type { Collection } from "../../store/records.ts";
import type { BatchRecord } from "./batches/records.ts";
import { createGate, type Gate } from "./builds/gate.ts";
import { MAX_RUNNING_BUILDS, MAX_RUNNING_SANDBOXES } from "./limits.ts";
import type {
  BatchPart,
  BuildRecord,
  CommandRecord,
  FleetRecord,
  ProjectRecord,
  PushedVariables,
  ReportGroupRecord,
  SeenToken,
  SourceCredentialRecord,
} from "./records.ts";
import { openReports, type Reports } from "./reports/records.ts";
import { openRuns, type Runs } from "./runs.ts";
import type { OpenSandbox } from "./sandboxes/hold.ts";

/** An operation of CodeBuild. */
export type Operation<O extends OperationName<typeof sdk>> = kernel.Operation<"codebuild", O>;

/** How to end a build, and when it has. */
export interface RunningBuild {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** The state of CodeBuild in one account and region, and the builds that run. */
export interface Room {
  readonly deps: RoomDeps;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly projects: Collection<ProjectRecord>;
  readonly builds: Runs<BuildRecord>;
  readonly batches: Runs<BatchRecord>;
  readonly tokens: Collection<SeenToken>;
  /** By name. */
  readonly fleets: Collection<FleetRecord>;
  readonly reportGroups: Collection<ReportGroupRecord>;
  readonly reports: Reports;
  readonly sourceCredentials: Collection<SourceCredentialRecord>;
  /** Resource policies by ARN. */
  readonly policies: Collection<string>;
  readonly processes: ProcessPort & AsyncDisposable;
  readonly credentials: CredentialServer;
  readonly gate: Gate;
  /** Installations of Node.js that are under way, by major version. */
  readonly runtimes: Map<number, Promise<void>>;
  /** Whether the commands that builds find on their PATH have been written. */
  readonly commands: { written?: Promise<void> };
  /** What the buildspecs of batches say, by the builds that have read them. */
  readonly batchSpecs: Map<string, BatchSpec | undefined>;
  /** What the builds that batches start are told besides, by the tokens they are started with. */
  readonly batchParts: Map<string, BatchPart & PushedVariables>;
  /** The batches that run, by id. */
  readonly runningBatches: Map<string, RunningBuild>;
  /** The builds that run, by id. */
  readonly running: Map<string, RunningBuild>;
  readonly sandboxes: Runs<BuildRecord>;
  readonly sandboxGate: Gate;
  readonly runningSandboxes: Map<string, RunningBuild>;
  /** Those in which commands may run, by id. */
  readonly openSandboxes: Map<string, OpenSandbox>;
  /** By sandbox and id. */
  readonly commandExecutions: Collection<CommandRecord>;
  /** How to end what the room listens to. */
  readonly subscriptions: (() => void)[];
}

export const openRoom = (deps: RoomDeps): Room => ({
  deps,
  clock: deps.clock,
  ids: deps.ids,
  projects: deps.records.collection("projects"),
  builds: openRuns<BuildRecord>(deps.records, "build"),
  batches: openRuns<BatchRecord>(deps.records, "batch"),
  tokens: deps.records.collection("tokens"),
  fleets: deps.records.collection("fleets"),
  reportGroups: deps.records.collection("reportGroups"),
  reports: openReports(deps.records, deps.clock.now),
  sourceCredentials: deps.records.collection("sourceCredentials"),
  policies: deps.records.collection("policies"),
  processes: systemProcesses({ clock: deps.clock }),
  credentials: createCredentialServer(deps.ids),
  gate: createGate(MAX_RUNNING_BUILDS),
  runtimes: new Map(),
  commands: {},
  batchSpecs: new Map(),
  batchParts: new Map(),
  runningBatches: new Map(),
  running: new Map(),
  sandboxes: openRuns<BuildRecord>(deps.records, "sandbox"),
  sandboxGate: createGate(MAX_RUNNING_SANDBOXES),
  runningSandboxes: new Map(),
  openSandboxes: new Map(),
  commandExecutions: deps.records.collection("commandExecutions"),
  subscriptions: [],
});

export const closeRoom = async (room: Room): Promise<void> => {
  for (const end of room.subscriptions) end();
  const running = [...room.runningBatches.values(), ...room.running.values(), ...room.runningSandboxes.values()];
  // Not stopped as a user would: what runs is left as it is, and failed when the room opens again.
  for (const { stop } of running) stop.abort(new Error("CodeBuild is closing"));
  await Promise.all(running.map(({ ended }) => ended));
  await room.processes[Symbol.asyncDispose]();
  await room.credentials[Symbol.asyncDispose]();
};
