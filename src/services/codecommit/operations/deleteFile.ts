import { findRepository } from "../find.ts";
import { applyEdits } from "../git/applyEdits.ts";
import { authorOf, messageOf } from "../git/author.ts";
import { branchHead } from "../git/branchHead.ts";
import { commitOn } from "../git/commitOn.ts";
import { checkAgainst, entriesBefore, type FileEdit } from "../git/edits.ts";
import { filePathOf } from "../git/paths.ts";
import type { Operation, Room } from "../room.ts";

export const deleteFile =
  (room: Room): Operation<"DeleteFile"> =>
  async (ctx, input) => {
    const { branchName: branch, keepEmptyFolders: keepsFolders = false } = input;
    const repository = findRepository(room, input.repositoryName);
    const filePath = filePathOf(input.filePath);
    const author = authorOf(room, ctx, input);
    const head = await branchHead(room, repository, branch, input.parentCommitId);
    const edits: readonly FileEdit[] = [{ kind: "delete", path: filePath }];
    const before = await entriesBefore(room, repository, head, edits);
    checkAgainst(edits, before);
    const { tree } = await applyEdits(room, repository, head, { edits, before, keepsFolders });
    const commitId = await commitOn(ctx, room, repository, {
      ...{ branch, head, tree, author },
      message: messageOf(input.commitMessage, `Deleted ${filePath}`),
      whenMoved: "ParentCommitIdOutdated",
    });
    return { commitId, blobId: before.get(filePath)?.id, treeId: tree, filePath };
  };
