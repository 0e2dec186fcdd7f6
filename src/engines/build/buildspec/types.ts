/** The phases whose commands a buildspec gives, in the order they run. */
export const COMMAND_PHASES = ["install", "pre_build", "build", "post_build"] as const;
export type CommandPhase = (typeof COMMAND_PHASES)[number];

/** What follows when a command of a phase fails. */
export type OnFailure =
  | { readonly action: "ABORT" }
  | { readonly action: "CONTINUE" }
  /** Retried so many times when the message matches. */
  | { readonly action: "RETRY"; readonly times: number; readonly pattern: string };

export interface PhaseSpec {
  readonly commands: readonly string[];
  /** Run after the commands, whether they failed or not. */
  readonly finally: readonly string[];
  readonly onFailure?: OnFailure;
  /** `nodejs` to `20`; only the install phase has them. */
  readonly runtimeVersions: Readonly<Record<string, string>>;
}

export interface ArtifactSpec {
  readonly files: readonly string[];
  readonly excludePaths: readonly string[];
  /** Relative to the primary source, or a pattern of folders. */
  readonly baseDirectory?: string;
  readonly discardPaths: boolean;
  /** Text the shell expands; used when the project lets the buildspec name its artifact. */
  readonly name?: string;
  readonly enableSymlinks: boolean;
  readonly s3Prefix?: string;
}

/** Test results or code coverage, as the buildspec's `reports` name them. */
export interface ReportSpec {
  readonly files: readonly string[];
  readonly baseDirectory?: string;
  readonly discardPaths: boolean;
  readonly fileFormat: ReportFormat;
}

export const TEST_FORMATS = [
  "CUCUMBERJSON",
  "JUNITXML",
  "NUNITXML",
  "NUNIT3XML",
  "TESTNGXML",
  "VISUALSTUDIOTRX",
] as const;
export const COVERAGE_FORMATS = ["CLOVERXML", "COBERTURAXML", "JACOCOXML", "LCOVINFO", "SIMPLECOV"] as const;
export type TestFormat = (typeof TEST_FORMATS)[number];
export type CoverageFormat = (typeof COVERAGE_FORMATS)[number];
export type ReportFormat = TestFormat | CoverageFormat;

/** What one build of a batch has of its own. */
export interface BatchTask {
  readonly identifier: string;
  readonly buildspec?: string;
  readonly dependsOn: readonly string[];
  readonly ignoreFailure: boolean;
  readonly computeType?: string;
  readonly image?: string;
  readonly environmentType?: string;
  readonly privilegedMode?: boolean;
  readonly variables: Readonly<Record<string, string>>;
}

/** A buildspec's `batch`, as the builds it comes down to. */
export interface BatchSpec {
  readonly kind: "graph" | "list" | "matrix" | "fanout";
  readonly fastFail: boolean;
  readonly tasks: readonly BatchTask[];
}

/** A buildspec's `cache`. */
export interface CacheSpec {
  readonly paths: readonly string[];
  /** The name it is kept under, before the shell has read it; absent: the project has but one. */
  readonly key?: string;
  /** How the names of others begin that will do instead, in this order. */
  readonly fallbackKeys: readonly string[];
  readonly restores: boolean;
  readonly saves: boolean;
}

/** A buildspec that has been read and checked. */
export interface Buildspec {
  /** In 0.1 each command has a shell of its own; in 0.2 they share one. */
  readonly version: "0.1" | "0.2";
  readonly variables: Readonly<Record<string, string>>;
  readonly parameterStore: Readonly<Record<string, string>>;
  readonly secretsManager: Readonly<Record<string, string>>;
  readonly exportedVariables: readonly string[];
  readonly phases: Readonly<Partial<Record<CommandPhase, PhaseSpec>>>;
  readonly artifacts?: ArtifactSpec;
  readonly secondaryArtifacts: Readonly<Record<string, ArtifactSpec>>;
  readonly cache: CacheSpec;
  /** By the name or the ARN of their groups. */
  readonly reports: Readonly<Record<string, ReportSpec>>;
  readonly batch?: BatchSpec;
  /** Whether `git` finds the credentials of the source. */
  readonly gitCredentialHelper: boolean;
}
