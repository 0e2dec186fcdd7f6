import type { ProjectSettings } from "../records.ts";

/** AWS: of a build that a pipeline started, the version is the ARN of its artifact; the revision is what that resolves to. */
export const sourceVersionOf = ({ source, sourceVersion }: ProjectSettings, arn: string): string | undefined =>
  source.type === "CODEPIPELINE" && source.location
    ? `arn:${arn.split(":")[1]}:s3:::${source.location}`
    : sourceVersion;
