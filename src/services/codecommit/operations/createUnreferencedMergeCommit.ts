import { actorOf } from "../actor.ts";
import { refusal } from "../errors.ts";
import { emit } from "../events/emit.ts";
import { findRepository } from "../find.ts";
import { sidesOf, sidesView } from "../git/merging/sides.ts";
import { writeMerge } from "../git/merging/writeMerge.ts";
import type { Operation, Room } from "../room.ts";

export const createUnreferencedMergeCommit =
  (room: Room): Operation<"CreateUnreferencedMergeCommit"> =>
  async (ctx, input) => {
    const repository = findRepository(room, input.repositoryName);
    // AWS: a fast forward makes no commit that could be without a reference.
    if (input.mergeOption === "FAST_FORWARD_MERGE") throw refusal("InvalidMergeOption");
    const sides = await sidesOf(room, repository, input);
    const { id, tree } = await writeMerge(ctx, room, repository, sides, input.mergeOption, input);
    emit(room, "CodeCommit Repository State Change", repository.name, {
      event: "unreferencedMergeCommitCreated",
      repositoryName: repository.name,
      repositoryId: repository.id,
      commitId: id,
      ...sidesView(sides),
      mergeOption: input.mergeOption,
      conflictDetailsLevel: input.conflictDetailLevel ?? "FILE_LEVEL",
      conflictResolutionStrategy: input.conflictResolutionStrategy ?? "NONE",
      callerUserArn: actorOf(ctx.principal, ctx.partition),
    });
    return { commitId: id, treeId: tree };
  };
