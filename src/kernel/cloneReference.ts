import { isJsonObject } from "./json.ts";

/**
 * What stands in a source artifact of the format CODEBUILD_CLONE_REF in place of files: which commit a build is to clone.
 * CodePipeline writes it and CodeBuild reads it; on AWS, too, its form is known to those two alone.
 */
export interface CloneReference {
  readonly owner: string;
  readonly name: string;
  readonly commitId: string;
  /** By which the build's role must be allowed to come to the repository; CodeCommit's repositories have none. */
  readonly connectionArn?: string;
}

const FORMAT = "CODEBUILD_CLONE_REF";

export const cloneReferenceText = (reference: CloneReference): string =>
  JSON.stringify({ format: FORMAT, ...reference });

const BRACE = 0x7b;

/** The reference that an artifact is; undefined when it is anything else, such as a zip. */
export const cloneReferenceIn = (artifact: Buffer): CloneReference | undefined => {
  if (artifact[0] !== BRACE) return undefined;
  const value: unknown = JSON.parse(artifact.toString());
  if (!isJsonObject(value) || value["format"] !== FORMAT) return undefined;
  const { owner, name, commitId, connectionArn } = value;
  return {
    owner: String(owner),
    name: String(name),
    commitId: String(commitId),
    ...(typeof connectionArn === "string" ? { connectionArn } : {}),
  };
};
