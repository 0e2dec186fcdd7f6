import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { applyEdits } from "../git/applyEdits.ts";
import { authorOf, messageOf } from "../git/author.ts";
import { branchHead } from "../git/branchHead.ts";
import { commitOn } from "../git/commitOn.ts";
import { checkAgainst, entriesBefore, type FileEdit } from "../git/edits.ts";
import { filePathOf } from "../git/paths.ts";
import { MAX_FILE_BYTES } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

export const putFile =
  (room: Room): Operation<"PutFile"> =>
  async (ctx, input) => {
    const { branchName: branch, fileContent: content, fileMode: mode } = input;
    const repository = findRepository(room, input.repositoryName);
    const path = filePathOf(input.filePath);
    if (content.length > MAX_FILE_BYTES) throw refusal("FileContentSizeLimitExceeded");
    const author = authorOf(room, ctx, input);
    const head = await branchHead(room, repository, branch, input.parentCommitId);
    const edits: readonly FileEdit[] = [{ kind: "put", path, content, mode }];
    const before = await entriesBefore(room, repository, head, edits);
    checkAgainst(edits, before);
    const { tree, changes } = await applyEdits(room, repository, head, { edits, before, keepsFolders: false });
    const there = before.get(path);
    if (changes.every(({ id, mode: now }) => id === there?.id && now === there?.mode)) throw refusal("SameFileContent");
    const commitId = await commitOn(ctx, room, repository, {
      ...{ branch, head, tree, author },
      message: messageOf(input.commitMessage, `${there ? "Edited" : "Added"} ${path}`),
      whenMoved: "ParentCommitIdOutdated",
    });
    return { commitId, blobId: changes[0]?.id, treeId: tree };
  };
