import { archiveOf, commitAt } from "../../../engines/git/revisions.ts";
import { newReadToken } from "../door/readToken.ts";
import { checkToken, findRepository } from "../find.ts";
import { fullCloneOf } from "../fullClone.ts";
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
    const repository = findRepository(room, { owner, name });
    return { archive: await (full ? fullCloneOf : archiveOf)(room, repository, commitId) };
  };

/** A token by which builds read what GitHub shows to everybody: any repository, with its history, for a while. */
export const createReadToken =
  ({ deps, clock }: Pick<Room, "deps" | "clock">): Operation<"CreateReadToken"> =>
  async () => ({ token: newReadToken(deps.cipher, clock.now()) });

/** Its permission is all it is: see iam.ts. */
export const useConnection = (): Operation<"UseConnection"> => async () => ({});

export const putStatus =
  (room: Room): Operation<"PutStatus"> =>
  async (_ctx, { owner, name, commitId, ...status }) => {
    const repository = findRepository(room, { owner, name });
    await tellStatus(room, repository, commitId, addStatus(room, repository, commitId, status));
    return {};
  };
