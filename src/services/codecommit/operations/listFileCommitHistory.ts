import { type CommitDetail, listCommits } from "../../../engines/git/commits.ts";
import { entryAt } from "../../../engines/git/tree.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { filePathOf } from "../git/paths.ts";
import { findCommit } from "../git/specifiers.ts";
import { MAX_HISTORY } from "../limits.ts";
import { pageByPlace, sizeOf } from "../paging.ts";
import { placeOf } from "../place.ts";
import type { Operation, Room } from "../room.ts";
import { commitView } from "../views.ts";

/** The commits that changed a file, the newest first. */
export const listFileCommitHistory =
  (room: Room): Operation<"ListFileCommitHistory"> =>
  async (_ctx, { repositoryName, commitSpecifier, filePath, maxResults, nextToken }) => {
    const size = sizeOf(maxResults, MAX_HISTORY);
    const repository = findRepository(room, repositoryName);
    const path = filePathOf(filePath);
    const commit = await findCommit(room, repository, commitSpecifier);
    const place = placeOf(room, repository);
    const commits = await listCommits(room, place, { revisions: [commit], path });
    if (commits.length === 0) throw refusal("FileDoesNotExist", `Could not find path ${path}`);
    const { items, nextToken: next } = pageByPlace(commits, nextToken, size);
    const versionOf = async (detail: CommitDetail) => {
      const later = commits[commits.indexOf(detail) - 1];
      const entry = await entryAt(room, place, detail.id, path);
      return {
        commit: commitView(detail),
        ...(entry ? { blobId: entry.id } : {}),
        path,
        revisionChildren: later ? [later.id] : [],
      };
    };
    return {
      revisionDag: await Promise.all(items.map(versionOf)),
      ...(next === undefined ? {} : { nextToken: next }),
    };
  };
