import { type FileState, type PathChange, pathsBetween } from "../../../engines/git/diff.ts";
import { revisionAt } from "../../../engines/git/revisions.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { pathOf } from "../git/paths.ts";
import { findCommit } from "../git/specifiers.ts";
import { MAX_DIFFERENCES } from "../limits.ts";
import { pageByPlace, sizeOf } from "../paging.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const getDifferences =
  (room: Room): Operation<"GetDifferences"> =>
  async (_ctx, input) => {
    const size = sizeOf(input.MaxResults, MAX_DIFFERENCES);
    const repository = findRepository(room, input.repositoryName);
    const before =
      input.beforeCommitSpecifier === undefined
        ? undefined
        : await findCommit(room, repository, input.beforeCommitSpecifier);
    const after = await findCommit(room, repository, input.afterCommitSpecifier);
    const beforePath = await checkedPath(room, repository, before, input.beforePath);
    const afterPath = await checkedPath(room, repository, after, input.afterPath);
    const changes = await pathsBetween(room, placeOf(room, repository), before, after);
    const asked = changes.filter(
      (change) =>
        (change.before && isBelow(change.path, beforePath)) || (change.after && isBelow(change.path, afterPath)),
    );
    const { items, nextToken } = pageByPlace(asked, input.NextToken, size);
    return { differences: items.map(differenceView), ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
  };

const checkedPath = async (
  room: Room,
  repository: RepositoryRecord,
  commit: string | undefined,
  given: string | undefined,
): Promise<string> => {
  const path = pathOf(given ?? "");
  if (path === "" || commit === undefined) return path;
  if ((await revisionAt(room, placeOf(room, repository), `${commit}:${path}`)) === undefined)
    throw refusal("PathDoesNotExist");
  return path;
};

const isBelow = (path: string, folder: string): boolean =>
  folder === "" || path === folder || path.startsWith(`${folder}/`);

/** AWS tells of no renames: a file that moved is one that went and one that came. */
const differenceView = ({ path, before, after }: PathChange) => ({
  ...(before ? { beforeBlob: blobView(path, before) } : {}),
  ...(after ? { afterBlob: blobView(path, after) } : {}),
  changeType: before === undefined ? ("A" as const) : after === undefined ? ("D" as const) : ("M" as const),
});

const blobView = (path: string, { blob, mode }: FileState) => ({ blobId: blob, path, mode });
