/** A pipeline as the engine runs it; names of members are those of AWS's declaration. */
export interface PipelineSpec {
  readonly name: string;
  readonly version: number;
  readonly roleArn: string;
  readonly executionMode: ExecutionMode;
  readonly stages: readonly StageSpec[];
}

export type ExecutionMode = "QUEUED" | "SUPERSEDED" | "PARALLEL";

export interface StageSpec {
  readonly name: string;
  readonly actions: readonly ActionSpec[];
  readonly conditions?: Readonly<Partial<Record<ConditionType, ConditionSpec>>>;
  readonly onFailure?: { readonly result: StageResult; readonly retryMode: RetryMode };
}

/** When the conditions of a stage are looked at. */
export type ConditionType = "BEFORE_ENTRY" | "ON_SUCCESS" | "ON_FAILURE";

/** What becomes of a stage when one of a condition's rules is not met, or when the stage fails. */
export type StageResult = "FAIL" | "RETRY" | "ROLLBACK" | "SKIP";

export type RetryMode = "FAILED_ACTIONS" | "ALL_ACTIONS";

/** Rules are run as actions of the category `Rule`. */
export interface ConditionSpec {
  readonly result: StageResult;
  readonly rules: readonly ActionSpec[];
}

export interface ActionSpec {
  readonly name: string;
  readonly category: string;
  readonly owner: string;
  readonly provider: string;
  readonly version: string;
  readonly runOrder: number;
  readonly configuration: Readonly<Record<string, string>>;
  readonly inputArtifacts: readonly string[];
  readonly outputArtifacts: readonly string[];
  readonly roleArn?: string;
  readonly region?: string;
  readonly namespace?: string;
  readonly timeoutInMinutes?: number;
  /** Of the actions and rules that run commands. */
  readonly commands?: readonly string[];
  readonly environmentVariables?: readonly EnvironmentVariable[];
  /** The variables that commands give. */
  readonly outputVariables?: readonly string[];
  /** The files that each output artifact takes in. */
  readonly outputFiles?: Readonly<Record<string, readonly string[]>>;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
  readonly type: "PLAINTEXT" | "SECRETS_MANAGER";
}

/** One run of a pipeline, with the declaration it began with. */
export interface Execution {
  readonly id: string;
  /** Counts a pipeline's runs; later ones have greater numbers. */
  readonly sequence: number;
  readonly spec: PipelineSpec;
  /** Milliseconds since the epoch, as all times here. */
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly trigger: { readonly type: string; readonly detail: string };
  readonly state: ExecutionState;
  readonly statusSummary?: string;
  /** How many action runs it has had. */
  readonly runs: number;
  readonly revisions: readonly Revision[];
  /** Revisions its source actions are told to take, by action. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly artifacts: Readonly<Record<string, ArtifactPlace>>;
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** How it left its stages, by their names. */
  readonly outcomes?: Readonly<Record<string, StageOutcome>>;
  /** By `conditionKey`. */
  readonly conditions?: Readonly<Record<string, ConditionRun>>;
  readonly retries?: Readonly<Record<string, StageRetries>>;
  /** Of a run that brings one stage back to what an earlier run left there. */
  readonly rollback?: { readonly target: string };
}

export type StageOutcome = "Succeeded" | "Failed" | "Skipped" | "Stopped" | "Cancelled";

/** How often a stage was tried again in one run. */
export interface StageRetries {
  readonly auto: number;
  readonly manual: number;
  readonly latest: "AutomatedStageRetry" | "ManualStageRetry";
  /** When that was; absent where an earlier release kept none. */
  readonly latestAt?: number;
}

export interface ConditionRun {
  /** The `retryFrom` of the attempt at the stage that it belongs to. */
  readonly attempt: number;
  readonly status: "InProgress" | "Succeeded" | "Failed" | "Errored" | "Abandoned" | "Overridden";
  readonly summary?: string;
  readonly changedAt: number;
}

export const conditionKey = (stage: string, type: ConditionType): string => `${stage}/${type}`;

/** Where a run is. `stage` is an index. */
export type ExecutionState =
  | { readonly status: "InProgress"; readonly phase: "waiting"; readonly stage: number }
  | ({ readonly status: "InProgress"; readonly phase: "running" } & StageRun)
  | ({ readonly status: "Stopping"; readonly reason: string; readonly abandon: boolean } & StageRun)
  | { readonly status: "Stopped"; readonly stage: number; readonly reason: string }
  | { readonly status: "Failed"; readonly stage: number }
  | { readonly status: "Superseded"; readonly stage: number }
  | { readonly status: "Cancelled"; readonly stage: number }
  | { readonly status: "Succeeded" };

/** One attempt at a stage. */
export interface StageRun {
  readonly stage: number;
  /** Action runs of lower numbers are of an earlier attempt that counts for nothing. */
  readonly since: number;
  /** Failures of lower numbers are to be tried again. */
  readonly retryFrom: number;
}

export interface Revision {
  readonly actionName: string;
  readonly artifactName: string;
  readonly revisionId: string;
  readonly summary: string;
  readonly url?: string;
  readonly created?: number;
}

export interface ArtifactPlace {
  readonly bucket: string;
  readonly key: string;
}

export interface NamedArtifact extends ArtifactPlace {
  readonly name: string;
}

/** One run of one action. */
export interface ActionRun {
  readonly id: string;
  readonly executionId: string;
  readonly pipelineName: string;
  readonly sequence: number;
  /** Its number within the execution. */
  readonly number: number;
  readonly pipelineVersion: number;
  readonly stageName: string;
  readonly action: ActionSpec;
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly status: "InProgress" | "Succeeded" | "Failed" | "Abandoned";
  readonly configuration?: Readonly<Record<string, string>>;
  readonly inputs: readonly NamedArtifact[];
  readonly outputs: readonly NamedArtifact[];
  readonly outputVariables: Readonly<Record<string, string>>;
  readonly external?: External;
  readonly summary?: string;
  readonly error?: ActionError;
  /** What PutApprovalResult must show. */
  readonly token?: string;
  readonly lastUpdatedBy?: string;
  /** Of a rule's run: what it is a rule of. */
  readonly condition?: ConditionType;
  readonly percentComplete?: number;
}

/** What an action set going elsewhere. */
export interface External {
  readonly id: string;
  readonly url?: string;
  readonly logStreamArn?: string;
}

export interface ActionError {
  /** `JobFailed`, `ConfigurationError`, `PermissionError`… */
  readonly code: string;
  readonly message: string;
}

/** How an action ended. */
export type Outcome =
  | {
      readonly status: "Succeeded";
      readonly summary?: string;
      readonly outputs?: readonly NamedArtifact[];
      readonly variables?: Readonly<Record<string, string>>;
      readonly revisions?: readonly Revision[];
      readonly updatedBy?: string;
    }
  | { readonly status: "Failed"; readonly summary?: string; readonly error: ActionError; readonly updatedBy?: string };

/** Whether a stage may be entered. */
export interface Transition {
  readonly enabled: boolean;
  readonly reason?: string;
  readonly changedBy: string;
  readonly changedAt: number;
}
