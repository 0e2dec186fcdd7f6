import { open } from "node:fs/promises";
import { unpackZip } from "../../../engines/build/zip/unpack.ts";
import { type CloneReference, cloneReferenceIn } from "../../../kernel/cloneReference.ts";
import type { ServiceRole } from "./serviceRole.ts";

/** No reference is longer. */
const MAX_REFERENCE_BYTES = 4096;

/** What a source artifact of CodePipeline refers to, where it is no zip. */
export const cloneReferenceAt = async (path: string): Promise<CloneReference | undefined> => {
  await using file = await open(path);
  const { size } = await file.stat();
  return size > MAX_REFERENCE_BYTES ? undefined : cloneReferenceIn(await file.readFile());
};

/**
 * Clones what a reference names, with its history. Throws the refusal when the build's role may not come to it.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html#codebuild-role-connections
 */
export const cloneReferred = async ({ ctx }: ServiceRole, reference: CloneReference, into: string): Promise<void> => {
  const { owner, name, commitId, connectionArn } = reference;
  if (connectionArn === undefined)
    await ctx.authorize([
      {
        action: "codecommit:GitPull",
        resource: `arn:${ctx.partition}:codecommit:${ctx.region}:${ctx.account}:${name}`,
      },
    ]);
  else await ctx.call("git", "UseConnection", { connectionArn, fullRepositoryId: `${owner}/${name}` });
  const { archive } = await ctx.call("git", "GetArchive", { owner, name, commitId, full: true });
  await unpackZip(archive, into);
};
