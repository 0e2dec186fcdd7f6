import type { MapInput, MapPlan, Outcome, Thread } from "../../engines/states/model.ts";
import type { AwsModels, InputOf } from "../../kernel/aws.ts";
import type { JsonObject, JsonValue } from "../../kernel/json.ts";
import type { Collection, Records } from "../../store/records.ts";

type MachineInput = InputOf<AwsModels["states"], "CreateStateMachine">;

export type MachineType = "STANDARD" | "EXPRESS";
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** AWS: a machine's first revision goes by this name in requests, and by none in answers. */
export const INITIAL_REVISION = "INITIAL";

/** What a revision of a machine is made of; logging and tracing in AWS's own shapes, which only pass through. */
export interface Revision {
  readonly revisionId: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly logging: MachineInput["loggingConfiguration"];
  readonly tracing: MachineInput["tracingConfiguration"];
}

export interface MachineRecord extends Revision {
  readonly name: string;
  readonly type: MachineType;
  readonly encryption: MachineInput["encryptionConfiguration"];
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The number of the last version that was published. */
  readonly lastVersion: number;
  readonly isDeleting?: true;
}

export interface VersionRecord extends Revision {
  readonly machine: string;
  readonly version: number;
  readonly description?: string;
  readonly createdAt: number;
}

export interface AliasRecord {
  readonly machine: string;
  readonly name: string;
  readonly description?: string;
  readonly routes: readonly { readonly version: number; readonly weight: number }[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ExecutionRecord {
  /** `machine:name`, and for express ones a further unique part. */
  readonly id: string;
  readonly machine: string;
  readonly name: string;
  readonly type: MachineType;
  readonly revisionId: string;
  readonly version?: number;
  readonly alias?: string;
  readonly input: JsonValue;
  /** The input as it was given: AWS shows it with its blanks. Absent in records of an older aloft. */
  readonly inputText?: string;
  readonly traceHeader?: string;
  /** What its calls belong to: the caller's trace, or one of its own. */
  readonly traceId?: string;
  readonly status: ExecutionStatus;
  readonly outcome?: Outcome;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly redriveCount: number;
  readonly redrivenAt?: number;
  /** Where it is a child's. */
  readonly mapRun?: ChildPlace;
}

/** The place of a child execution of a distributed Map. */
export interface ChildPlace {
  readonly run: string;
  readonly index: number;
  readonly label: string;
  /** Where the machine's definition has its states. */
  readonly scope: Thread["scope"];
}

/** How many there are, by where they stand. */
export type Tally = Readonly<Record<Standing, number>>;
export type Standing = "pending" | "running" | "succeeded" | "failed" | "timedOut" | "aborted";

/** The items of a distributed Map, run as executions. */
export interface MapRunRecord extends Omit<MapPlan, "inputs" | "label"> {
  /** `machine/label:unique`. */
  readonly id: string;
  readonly label: string;
  /** The execution that the Map is a state of. */
  readonly execution: string;
  readonly machine: string;
  readonly revisionId: string;
  readonly status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly redriveCount: number;
  readonly redrivenAt?: number;
  /** By execution and by item; absent until the items are known. */
  readonly tallies?: { readonly executions: Tally; readonly items: Tally };
}

/** One child execution: what it is given, and how it ended. */
export interface MapItemRecord extends MapInput {
  /** The id of its execution, once it has begun. */
  readonly execution?: string;
  /** Whether it is counted as running. */
  readonly isRunning?: true;
  readonly ended?: ExecutionRecord;
}

export interface HistoryRecord {
  readonly id: number;
  readonly type: string;
  readonly previous: number;
  readonly at: number;
  readonly details?: JsonObject;
}

export interface ActivityRecord {
  readonly name: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** A task that somebody else ends. */
export interface TokenRecord {
  readonly token: string;
  readonly activity?: string;
  readonly input?: string;
  /** When its worker last gave a sign. */
  readonly beatAt: number;
  readonly worker?: { readonly name?: string };
  readonly result?: Outcome;
}

/** The state of Step Functions in one account and region. */
export interface Collections {
  readonly machines: Collection<MachineRecord>;
  /** By machine and revision: what executions run. */
  readonly revisions: Collection<Revision>;
  /** By machine and number. */
  readonly versions: Collection<VersionRecord>;
  /** By machine and name. */
  readonly aliases: Collection<AliasRecord>;
  readonly executions: Collection<ExecutionRecord>;
  /** Ids of executions by machine and start. */
  readonly starts: Collection<string>;
  /** By execution and id of the thread. */
  readonly threads: Collection<Thread>;
  /** By execution and number. */
  readonly history: Collection<HistoryRecord>;
  readonly mapRuns: Collection<MapRunRecord>;
  /** Ids of map runs by execution, start and id. */
  readonly mapRunsOf: Collection<string>;
  /** By map run and index. */
  readonly mapItems: Collection<MapItemRecord>;
  readonly activities: Collection<ActivityRecord>;
  readonly tokens: Collection<TokenRecord>;
  /** Tokens of tasks that no worker has taken, by activity, time and token. */
  readonly queue: Collection<string>;
}

export const openCollections = (records: Records): Collections => ({
  machines: records.collection("machines"),
  revisions: records.collection("revisions"),
  versions: records.collection("versions"),
  aliases: records.collection("aliases"),
  executions: records.collection("executions"),
  starts: records.collection("starts"),
  threads: records.collection("threads"),
  history: records.collection("history"),
  mapRuns: records.collection("mapRuns"),
  mapRunsOf: records.collection("mapRunsOf"),
  mapItems: records.collection("mapItems"),
  activities: records.collection("activities"),
  tokens: records.collection("tokens"),
  queue: records.collection("queue"),
});
