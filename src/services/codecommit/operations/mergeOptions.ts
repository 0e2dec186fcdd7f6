import { listCommits } from "../../../engines/git/commits.ts";
import { findRepository } from "../find.ts";
import { mergeSides, rulesOf } from "../git/merging/merge.ts";
import { isFastForward, sidesOf, sidesView } from "../git/merging/sides.ts";
import { placeOf } from "../place.ts";
import type { Operation, Room } from "../room.ts";

/** Which ways to merge there are without anybody's decision. */
export const getMergeOptions =
  (room: Room): Operation<"GetMergeOptions"> =>
  async (_ctx, input) => {
    const repository = findRepository(room, input.repositoryName);
    const sides = await sidesOf(room, repository, input);
    const { conflicts } = await mergeSides(room, repository, sides, rulesOf(input));
    return {
      mergeOptions: [
        ...(isFastForward(sides) ? (["FAST_FORWARD_MERGE"] as const) : []),
        ...(conflicts.length === 0 ? (["SQUASH_MERGE", "THREE_WAY_MERGE"] as const) : []),
      ],
      ...sidesView(sides),
    };
  };

/** AWS: the commit that brought the source into the destination; a fast forward makes none. */
export const getMergeCommit =
  (room: Room): Operation<"GetMergeCommit"> =>
  async (_ctx, input) => {
    const repository = findRepository(room, input.repositoryName);
    const sides = await sidesOf(room, repository, input);
    const revisions = [`${sides.source}..${sides.destination}`];
    const since = sides.base === sides.source ? await listCommits(room, placeOf(room, repository), { revisions }) : [];
    const merge = since.findLast(({ parents }) => parents.length > 1 && parents.includes(sides.source));
    return { ...sidesView(sides), ...(merge ? { mergedCommitId: merge.id } : {}) };
  };
