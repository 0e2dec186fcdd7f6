import type { ConflictResolution } from "@aws-sdk/client-codecommit";
import { revisionAt } from "../../../../engines/git/revisions.ts";
import { treeWith, writeCommit } from "../../../../engines/git/write.ts";
import type { Validated } from "../../../../kernel/aws.ts";
import type { Context } from "../../../../kernel/context.ts";
import { errorCode, known } from "../../../../kernel/errors.ts";
import { refusal } from "../../errors.ts";
import { placeOf } from "../../place.ts";
import type { RepositoryRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { keptFolders } from "../applyEdits.ts";
import { authorOf, messageOf } from "../author.ts";
import { moveBranch } from "../moveBranch.ts";
import { type MergeRules, mergeSides, rulesOf } from "./merge.ts";
import { resolveConflicts } from "./resolve.ts";
import { isFastForward, type Sides } from "./sides.ts";

export type MergeOption = "FAST_FORWARD_MERGE" | "SQUASH_MERGE" | "THREE_WAY_MERGE";

/** What the operations that merge say of how. */
export interface MergeInput {
  readonly conflictDetailLevel?: MergeRules["level"] | undefined;
  readonly conflictResolutionStrategy?: MergeRules["strategy"] | undefined;
  readonly authorName?: string | undefined;
  readonly email?: string | undefined;
  readonly commitMessage?: string | undefined;
  readonly keepEmptyFolders?: boolean | undefined;
  readonly conflictResolution?: Validated<ConflictResolution> | undefined;
}

/** A commit, and the tree it has. */
export interface Written {
  readonly id: string;
  readonly tree: string;
}

/** Makes the commit that a merge comes to, which no branch has yet. Throws where it is not for the cloud to decide. */
export const writeMerge = async (
  ctx: Context,
  room: Room,
  repository: RepositoryRecord,
  sides: Sides,
  option: MergeOption,
  input: MergeInput,
): Promise<Written> => {
  const place = placeOf(room, repository);
  if (option === "FAST_FORWARD_MERGE") {
    if (!isFastForward(sides)) throw refusal("ManualMergeRequired");
    return {
      id: sides.source,
      tree: known(await revisionAt(room, place, `${sides.source}^{tree}`), "a commit's tree"),
    };
  }
  const author = authorOf(room, ctx, { name: input.authorName, email: input.email });
  const words = option === "SQUASH_MERGE" ? "Squashed commit" : "Merged commit";
  const message = messageOf(input.commitMessage, `${words} ${sides.source} into ${sides.destination}`);
  const merge = await mergeSides(room, repository, sides, rulesOf(input));
  const changes = await resolveConflicts(room, repository, merge, input.conflictResolution);
  const ordered = [...changes].sort((a, b) => Number(a.id !== undefined) - Number(b.id !== undefined));
  const merged = await treeWith(room, place, sides.destination, ordered);
  const kept = input.keepEmptyFolders ? await keptFolders(room, repository, merged, changes) : [];
  const tree = kept.length === 0 ? merged : await treeWith(room, place, merged, kept);
  const parents = option === "SQUASH_MERGE" ? [sides.destination] : [sides.destination, sides.source];
  const id = await writeCommit(room, place, { tree, parents, message, author, committer: author });
  return { id, tree };
};

/** The same, and brings a branch to it. */
export const mergeInto = async (
  ctx: Context,
  room: Room,
  repository: RepositoryRecord,
  {
    branch,
    sides,
    option,
    input,
  }: { readonly branch: string; readonly sides: Sides; readonly option: MergeOption; readonly input: MergeInput },
): Promise<Written> => {
  const written = await writeMerge(ctx, room, repository, sides, option, input);
  if (written.id === sides.destination) return written;
  try {
    await moveBranch(ctx, room, repository, { branch, before: sides.destination, after: written.id });
  } catch (error) {
    throw errorCode(error) === "Conflict" ? refusal("ConcurrentReferenceUpdate") : error;
  }
  return written;
};
