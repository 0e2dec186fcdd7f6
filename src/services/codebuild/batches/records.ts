import type * as sdk from "@aws-sdk/client-codebuild";
import type { BatchTask } from "../../../engines/build/buildspec/types.ts";
import type { EndStatus, PhaseContext } from "../../../engines/build/phases.ts";
import type { InputOf } from "../../../kernel/aws.ts";
import type { ProjectSettings, StartedRecord } from "../records.ts";

export type BatchConfig = NonNullable<ProjectSettings["buildBatchConfig"]>;

/** A batch: builds of one project that belong together. */
export interface BatchRecord extends StartedRecord {
  readonly config: BatchConfig;
  readonly request: InputOf<typeof sdk, "StartBuildBatch">;
  readonly state: BatchState;
  readonly groups: readonly BatchGroup[];
  readonly fastFail: boolean;
  readonly isFanout: boolean;
  /** Of the artifacts of all builds together, by identifier; the primary one's is empty. */
  readonly artifactLocations?: Readonly<Record<string, string>>;
}

export interface BatchState {
  readonly status: "IN_PROGRESS" | EndStatus;
  readonly phases: readonly BatchPhase[];
  readonly endTime?: number;
}

export type BatchPhaseType =
  | "SUBMITTED"
  | "DOWNLOAD_BATCHSPEC"
  | "IN_PROGRESS"
  | "COMBINE_ARTIFACTS"
  | "SUCCEEDED"
  | "FAILED"
  | "STOPPED";

export interface BatchPhase {
  readonly type: BatchPhaseType;
  readonly startTime: number;
  readonly end?: { readonly time: number; readonly status: EndStatus; readonly context?: PhaseContext };
}

/** One task of a batch, with the builds that have been made of it. */
export interface BatchGroup {
  readonly task: BatchTask;
  readonly current?: GroupBuild;
  /** Builds that a retry has replaced. */
  readonly prior: readonly GroupBuild[];
}

export interface GroupBuild {
  readonly id: string;
  readonly requestedOn: number;
  readonly status: "IN_PROGRESS" | EndStatus;
}

/** The group whose build takes the source and reads the buildspec. */
export const DOWNLOAD_SOURCE: BatchTask = {
  identifier: "DOWNLOAD_SOURCE",
  dependsOn: [],
  ignoreFailure: false,
  variables: {},
};
