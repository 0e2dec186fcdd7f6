import type * as sdk from "@aws-sdk/client-codebuild";
import type { BuildState } from "../../engines/build/state.ts";
import type { InputOf } from "../../kernel/aws.ts";

/** What CreateProject takes, as it takes it: CodeBuild's API spells its members as records here do. */
export type ProjectSettings = Omit<InputOf<typeof sdk, "CreateProject">, "name" | "tags">;

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

export interface ProjectRecord {
  readonly name: string;
  readonly arn: string;
  readonly settings: ProjectSettings;
  readonly tags: readonly TagRecord[];
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly webhook?: WebhookRecord;
}

/** What CreateFleet takes, but its name and tags. */
export type FleetSettings = Omit<InputOf<typeof sdk, "CreateFleet">, "name" | "tags">;

/** Machines that builds are to run on: kept, and of no effect here. */
export interface FleetRecord {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly settings: FleetSettings;
  readonly tags: readonly TagRecord[];
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** What starts builds of a project when somebody pushes. */
export interface WebhookRecord {
  readonly filterGroups: NonNullable<InputOf<typeof sdk, "CreateWebhook">["filterGroups"]>;
  readonly buildType?: "BUILD" | "BUILD_BATCH";
  /** A pattern of branch names, the older form of a filter. */
  readonly branchFilter?: string;
  readonly pullRequestBuildPolicy?: InputOf<typeof sdk, "CreateWebhook">["pullRequestBuildPolicy"];
  /** When its secret was made anew. */
  readonly secretAt?: number;
  /** The number GitHub would know it by. */
  readonly number: string;
  readonly createdAt: number;
}

/** What a push tells the builds it starts. */
export interface PushedVariables {
  /** `CODEBUILD_WEBHOOK_` variables, when a push started it. */
  readonly webhookVariables?: Readonly<Record<string, string>>;
}

/** What is started of a project: a build, or a batch of them. */
export interface StartedRecord extends PushedVariables {
  /** `PROJECT:UUID` */
  readonly id: string;
  readonly arn: string;
  readonly number: number;
  readonly projectName: string;
  readonly initiator: string;
  readonly startTime: number;
  /** What its calls belong to; builds and batches of earlier versions have none. */
  readonly traceId?: string;
  /** The project's settings with the overrides that it was started with. */
  readonly settings: ProjectSettings;
  readonly resolvedSourceVersion?: string;
}

/** A build: what decided it, and where it is. */
export interface BuildRecord extends StartedRecord {
  /** What StartBuild was given, for RetryBuild. */
  readonly request: InputOf<typeof sdk, "StartBuild">;
  readonly state: BuildState;
  readonly exportedVariables: Readonly<Record<string, string>>;
  /** Where the log goes; absent when it is disabled. */
  readonly log?: LogPlace;
  /** Reports it has filed. */
  readonly reportArns?: readonly string[];
  /** The batch that started it. */
  readonly batch?: BatchPart;
  /** A place to run commands in, which runs none of its buildspec's. */
  readonly isSandbox?: true;
  /** How often its buildspec wants a build that failed so to start anew. */
  readonly retryLimit?: number;
  /** Which automatic retry it is, and of and by which builds. */
  readonly autoRetry?: { readonly number: number; readonly previous?: string; readonly next?: string };
  /** Of the artifacts that have been uploaded, by identifier; the primary one has none and is under the empty name. */
  readonly artifactLocations: Readonly<Record<string, string>>;
  /** Of those that are archives, likewise. */
  readonly artifactDigests?: Readonly<Record<string, ArtifactDigests>>;
}

/** What an archive can be held against, in hexadecimal. */
export interface ArtifactDigests {
  readonly md5sum: string;
  readonly sha256sum: string;
}

/** A build's place in a batch. */
export interface BatchPart {
  readonly arn: string;
  readonly identifier: string;
  /** Only takes the source and tells what its buildspec says of batches. */
  readonly readsBatch: boolean;
  /** Which of how many parts of a fanout. */
  readonly shard?: { readonly index: number; readonly count: number };
}

/** A command that somebody runs in a sandbox. */
export interface CommandRecord {
  readonly id: string;
  readonly sandboxId: string;
  readonly sandboxArn: string;
  /** Commands of a sandbox count from 1. */
  readonly number: number;
  readonly command: string;
  readonly startTime: number;
  /** Absent while it runs. */
  readonly end?: {
    readonly time: number;
    readonly status: "SUCCEEDED" | "FAILED" | "STOPPED";
    /** Absent when it was ended from outside. */
    readonly exitCode?: number;
    readonly stdout: string;
    readonly stderr: string;
  };
}

export interface LogPlace {
  readonly groupName: string;
  readonly streamName: string;
}

export interface ReportGroupRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: "TEST" | "CODE_COVERAGE";
  readonly exportConfig: InputOf<typeof sdk, "CreateReportGroup">["exportConfig"];
  readonly tags: readonly TagRecord[];
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface SourceCredentialRecord {
  readonly arn: string;
  readonly serverType: "GITHUB" | "BITBUCKET" | "GITHUB_ENTERPRISE" | "GITLAB" | "GITLAB_SELF_MANAGED";
  readonly authType: "OAUTH" | "BASIC_AUTH" | "PERSONAL_ACCESS_TOKEN" | "CODECONNECTIONS" | "SECRETS_MANAGER";
  readonly username?: string;
  /** The token under the state's key. */
  readonly sealedToken: string;
}

/** A token of StartBuild and the build it started. */
export interface SeenToken {
  readonly buildId: string;
  readonly request: string;
  readonly at: number;
}
