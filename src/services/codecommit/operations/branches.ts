import { revisionAt } from "../../../engines/git/revisions.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { moveBranch } from "../git/moveBranch.ts";
import { BRANCH, branchesOf, commitAt, isCommitId, isReferenceName } from "../git/specifiers.ts";
import { MAX_LISTED } from "../limits.ts";
import { pageByName } from "../paging.ts";
import { placeOf } from "../place.ts";
import type { Operation, Room } from "../room.ts";

export const createBranch =
  (room: Room): Operation<"CreateBranch"> =>
  async (ctx, { repositoryName, branchName, commitId }) => {
    const repository = findRepository(room, repositoryName);
    if (!isReferenceName(branchName)) throw refusal("InvalidBranchName");
    if (!isCommitId(commitId)) throw refusal("InvalidCommitId");
    if ((await branchesOf(room, repository)).has(branchName)) throw refusal("BranchNameExists");
    const after = await commitAt(room, repository, commitId);
    if (after === undefined) throw refusal("CommitDoesNotExist");
    try {
      await moveBranch(ctx, room, repository, { branch: branchName, before: undefined, after });
    } catch (error) {
      // A branch `a` leaves no place for `a/b`; or somebody else was quicker.
      throw errorCode(error) === "Conflict" ? refusal("BranchNameExists") : error;
    }
    return {};
  };

export const getBranch =
  (room: Room): Operation<"GetBranch"> =>
  async (_ctx, { repositoryName, branchName }) => {
    if (repositoryName === undefined) throw refusal("RepositoryNameRequired");
    if (branchName === undefined) throw refusal("BranchNameRequired");
    const repository = findRepository(room, repositoryName);
    if (!isReferenceName(branchName)) throw refusal("InvalidBranchName");
    const commitId = await revisionAt(room, placeOf(room, repository), `${BRANCH}${branchName}`);
    if (commitId === undefined) throw refusal("BranchDoesNotExist");
    return { branch: { branchName, commitId } };
  };

export const listBranches =
  (room: Room): Operation<"ListBranches"> =>
  async (_ctx, { repositoryName, nextToken }) => {
    const names = (await branchesOf(room, findRepository(room, repositoryName))).keys();
    const { items, nextToken: next } = pageByName(names, (name) => name, nextToken, MAX_LISTED);
    return { branches: items, ...(next === undefined ? {} : { nextToken: next }) };
  };

/** AWS: a branch that is not there is no failure. */
export const deleteBranch =
  (room: Room): Operation<"DeleteBranch"> =>
  async (ctx, { repositoryName, branchName }) => {
    const repository = findRepository(room, repositoryName);
    if (!isReferenceName(branchName)) throw refusal("InvalidBranchName");
    if (repository.defaultBranch === branchName) throw refusal("DefaultBranchCannotBeDeleted");
    const before = (await branchesOf(room, repository)).get(branchName);
    if (before === undefined) return {};
    await moveBranch(ctx, room, repository, { branch: branchName, before, after: undefined });
    return { deletedBranch: { branchName, commitId: before } };
  };

export const updateDefaultBranch =
  (room: Room): Operation<"UpdateDefaultBranch"> =>
  async (ctx, { repositoryName, defaultBranchName }) => {
    const repository = findRepository(room, repositoryName);
    if (!(await branchesOf(room, repository)).has(defaultBranchName)) throw refusal("BranchDoesNotExist");
    room.tables.repositories.put({
      ...repository,
      defaultBranch: defaultBranchName,
      changedAt: room.clock.now(),
    });
    const { description } = repository;
    await ctx.call("git", "UpdateRepository", {
      ...placeOf(room, repository),
      defaultBranch: defaultBranchName,
      description,
    });
    return {};
  };
