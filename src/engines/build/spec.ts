/** Everything that decides what a build does; JSON, and kept with the build. */
export interface BuildSpec {
  /** `PROJECT:UUID` */
  readonly id: string;
  readonly arn: string;
  readonly number: number;
  readonly projectName: string;
  readonly projectArn: string;
  readonly region: string;
  /** `codepipeline/PIPELINE`, a user's name, `ROLE/SESSION`. */
  readonly initiator: string;
  readonly image: string;
  readonly encryptionKey: string;
  readonly startTime: number;
  readonly timeoutMs: number;
  readonly buildspec: BuildspecLocation;
  readonly source: BuildSource;
  readonly secondarySources: readonly BuildSource[];
  /** Project's and StartBuild's variables; the latter have won already. */
  readonly variables: readonly BuildVariable[];
  /** Absent when the project wants no artifacts. */
  readonly artifacts?: ArtifactWish;
  readonly secondaryArtifacts: readonly ArtifactWish[];
  /** Whether the buildspec's cache paths are kept for the project's next build. */
  readonly cached: boolean;
  readonly logPath?: string;
  /** Only takes its source and tells what the buildspec says of batches. */
  readonly readsBatch: boolean;
  /** Further `CODEBUILD_` variables, such as a webhook's. */
  readonly extraVariables: Readonly<Record<string, string>>;
}

export type BuildspecLocation =
  | { readonly kind: "inline"; readonly text: string }
  /** The ARN of an object in S3. */
  | { readonly kind: "object"; readonly arn: string }
  /** Relative to the primary source. */
  | { readonly kind: "path"; readonly path: string };

export interface BuildSource {
  /** Absent for the primary source. */
  readonly identifier?: string;
  /** `CODEPIPELINE`, `S3`, `GITHUB`, `NO_SOURCE`, … */
  readonly type: string;
  readonly location?: string;
  readonly version?: string;
  /** What a pipeline says its artifact was made of. */
  readonly revision?: string;
}

export interface BuildVariable {
  readonly name: string;
  readonly value: string;
  readonly type: "PLAINTEXT" | "PARAMETER_STORE" | "SECRETS_MANAGER";
}

/** An artifact the project expects. */
export interface ArtifactWish {
  /** Absent for the primary artifact. */
  readonly identifier?: string;
  /** The name in the buildspec replaces the project's. */
  readonly overrideName: boolean;
}

/** AWS: text of more than one line, or a JSON object, is a buildspec itself; anything else is the ARN of one, or its path. */
export const buildspecLocation = (buildspec: string | undefined): BuildspecLocation => {
  if (!buildspec) return { kind: "path", path: "buildspec.yml" };
  if (/\n|^\s*\{/.test(buildspec)) return { kind: "inline", text: buildspec };
  return /^arn:[^:]+:s3:::/.test(buildspec) ? { kind: "object", arn: buildspec } : { kind: "path", path: buildspec };
};
