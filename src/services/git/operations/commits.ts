import { NotImplemented } from "../../../kernel/errors.ts";
import { archiveOf, commitAt } from "../bareRepository.ts";
import { checkToken, findRepository } from "../find.ts";
import { MAX_STATUSES } from "../limits.ts";
import { keyOf } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const getCommit =
  (room: Room): Operation<"GetCommit"> =>
  async (_ctx, { owner, name, ref, token }) => {
    const repository = findRepository(room, { owner, name });
    if (token !== undefined) checkToken(room, repository, token);
    return commitAt(room, repository, ref);
  };

export const getArchive =
  (room: Room): Operation<"GetArchive"> =>
  async (_ctx, { owner, name, commitId, full }) => {
    if (full) throw new NotImplemented("source artifacts with the repository's history (CODEBUILD_CLONE_REF)");
    return { archive: await archiveOf(room, findRepository(room, { owner, name }), commitId) };
  };

/** Its permission is all it is: see iam.ts. */
export const useConnection = (): Operation<"UseConnection"> => async () => ({});

export const putStatus =
  (room: Room): Operation<"PutStatus"> =>
  async (_ctx, { owner, name, commitId, context, state, description }) => {
    const repository = findRepository(room, { owner, name });
    const prefix = [...keyOf(repository), commitId];
    if (
      room.statuses.count({ prefix, limit: MAX_STATUSES }) < MAX_STATUSES ||
      room.statuses.has([...prefix, context])
    ) {
      room.statuses.put([...prefix, context], { context, state, description, updatedAt: room.clock.now() });
    }
    return {};
  };
