import type { Context } from "../../../kernel/context.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { sidesOf } from "../git/merging/sides.ts";
import { type MergeInput, type MergeOption, mergeInto } from "../git/merging/writeMerge.ts";
import { BRANCH, branchesOf } from "../git/specifiers.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const mergeBranchesByFastForward =
  (room: Room): Operation<"MergeBranchesByFastForward"> =>
  async (ctx, input) =>
    merged(ctx, room, input, "FAST_FORWARD_MERGE");

export const mergeBranchesBySquash =
  (room: Room): Operation<"MergeBranchesBySquash"> =>
  async (ctx, input) =>
    merged(ctx, room, input, "SQUASH_MERGE");

export const mergeBranchesByThreeWay =
  (room: Room): Operation<"MergeBranchesByThreeWay"> =>
  async (ctx, input) =>
    merged(ctx, room, input, "THREE_WAY_MERGE");

interface Asked extends MergeInput {
  readonly repositoryName: string;
  readonly sourceCommitSpecifier: string;
  readonly destinationCommitSpecifier: string;
  readonly targetBranch?: string | undefined;
}

const merged = async (ctx: Context, room: Room, input: Asked, option: MergeOption) => {
  const repository = findRepository(room, input.repositoryName);
  const sides = await sidesOf(room, repository, input);
  const branch = await targetOf(room, repository, input, sides.destination);
  const { id, tree } = await mergeInto(ctx, room, repository, { branch, sides, option, input });
  return { commitId: id, treeId: tree };
};

/** The branch that the merge goes to: the one that is named, or the destination itself where that is a branch. */
const targetOf = async (
  room: Room,
  repository: RepositoryRecord,
  asked: Asked,
  destination: string,
): Promise<string> => {
  const name = asked.targetBranch ?? asked.destinationCommitSpecifier;
  const branch = name.startsWith(BRANCH) ? name.slice(BRANCH.length) : name;
  const at = (await branchesOf(room, repository)).get(branch);
  if (at === undefined) throw refusal(asked.targetBranch === undefined ? "BranchDoesNotExist" : "InvalidTargetBranch");
  if (at !== destination) throw refusal("ConcurrentReferenceUpdate");
  return branch;
};
