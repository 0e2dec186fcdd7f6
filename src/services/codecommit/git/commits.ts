import { type CommitDetail, listCommits } from "../../../engines/git/commits.ts";
import { typesOf } from "../../../engines/git/tree.ts";
import { known } from "../../../kernel/errors.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { isCommitId } from "./specifiers.ts";

/** One commit; the id is known to be one's. */
export const commitDetail = async (room: Room, repository: RepositoryRecord, id: string): Promise<CommitDetail> => {
  const [found] = await listCommits(room, placeOf(room, repository), { revisions: [id], limit: 1 });
  return known(found, `the commit ${id}`);
};

/** Those of the ids that are commits', in their order. */
export const commitsOf = async (
  room: Room,
  repository: RepositoryRecord,
  ids: readonly string[],
): Promise<readonly CommitDetail[]> => {
  const place = placeOf(room, repository);
  const types = await typesOf(room, place, ids.filter(isCommitId));
  const revisions = ids.filter((id) => types.get(id) === "commit");
  return revisions.length === 0 ? [] : listCommits(room, place, { revisions, isAlone: true });
};
