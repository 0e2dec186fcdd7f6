import type { ProjectSettings } from "../records.ts";

/** AWS: of a build that a pipeline started, the version is the ARN of its artifact; the revision is what that resolves to. */
export const sourceVersionOf = (
  { source, sourceVersion }: Pick<ProjectSettings, "source" | "sourceVersion">,
  arn: string,
): string | undefined =>
  source.type === "CODEPIPELINE" && source.location
    ? `arn:${arn.split(":")[1]}:s3:::${source.location}`
    : sourceVersion;

interface SecondaryVersion {
  readonly sourceIdentifier: string;
  readonly sourceVersion: string;
}

/** The same of each secondary source that has one. */
export const secondaryVersionsOf = (settings: ProjectSettings, arn: string): SecondaryVersion[] =>
  (settings.secondarySources ?? []).flatMap((source) => {
    const sourceVersion = sourceVersionOf({ source, sourceVersion: givenVersion(settings, source) }, arn);
    return sourceVersion === undefined ? [] : [{ sourceIdentifier: source.sourceIdentifier ?? "", sourceVersion }];
  });

/** What a project or a request says of a secondary source's version. */
export const givenVersion = (
  { secondarySourceVersions = [] }: ProjectSettings,
  { sourceIdentifier }: ProjectSettings["source"],
): string | undefined =>
  secondarySourceVersions.find((each) => each.sourceIdentifier === sourceIdentifier)?.sourceVersion;
