import { NotImplemented } from "../../../kernel/errors.ts";
import { archiveOf, commitAt } from "../bareRepository.ts";
import { checkToken, findRepository } from "../find.ts";
import type { Operation, Room } from "../room.ts";
import { addStatus } from "../statuses.ts";
import { tellStatus } from "../webhooks/events.ts";

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
  async (_ctx, { owner, name, commitId, ...status }) => {
    const repository = findRepository(room, { owner, name });
    await tellStatus(room, repository, commitId, addStatus(room, repository, commitId, status));
    return {};
  };
