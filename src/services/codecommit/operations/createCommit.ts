import type * as sdk from "@aws-sdk/client-codecommit";
import { revisionAt } from "../../../engines/git/revisions.ts";
import type { TreeChange } from "../../../engines/git/write.ts";
import type { InputOf } from "../../../kernel/aws.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { applyEdits } from "../git/applyEdits.ts";
import { authorOf, messageOf } from "../git/author.ts";
import { branchHead } from "../git/branchHead.ts";
import { commitOn } from "../git/commitOn.ts";
import { type Before, checkAgainst, checkedSource, checkTogether, entriesBefore, type FileEdit } from "../git/edits.ts";
import { fileModeOf } from "../git/modes.ts";
import { filePathOf } from "../git/paths.ts";
import { MAX_COMMIT_BYTES, MAX_FILE_BYTES, MAX_FILES_PER_COMMIT } from "../limits.ts";
import { placeOf } from "../place.ts";
import type { Operation, Room } from "../room.ts";

type Input = InputOf<typeof sdk, "CreateCommit">;
type PutEntry = NonNullable<Input["putFiles"]>[number];

export const createCommit =
  (room: Room): Operation<"CreateCommit"> =>
  async (ctx, input) => {
    const { branchName: branch, keepEmptyFolders: keepsFolders = false } = input;
    const repository = findRepository(room, input.repositoryName);
    const edits = editsOf(input);
    const author = authorOf(room, ctx, { name: input.authorName, email: input.email });
    const head = await branchHead(room, repository, branch, input.parentCommitId);
    const before = await entriesBefore(room, repository, head, edits);
    checkAgainst(edits, before);
    const { tree, changes } = await applyEdits(room, repository, head, { edits, before, keepsFolders });
    const treeBefore =
      head === undefined ? undefined : await revisionAt(room, placeOf(room, repository), `${head}^{tree}`);
    if (tree === treeBefore) throw refusal("NoChange");
    const commitId = await commitOn(ctx, room, repository, {
      ...{ branch, head, tree, author },
      message: messageOf(input.commitMessage, "Changed files"),
      whenMoved: "ParentCommitIdOutdated",
    });
    return { commitId, treeId: tree, ...filesView(changes, before) };
  };

const editsOf = ({ putFiles = [], deleteFiles = [], setFileModes = [] }: Input): readonly FileEdit[] => {
  const edits: readonly FileEdit[] = [
    ...putFiles.flatMap(putEdits),
    ...deleteFiles.map(({ filePath }) => ({ kind: "delete", path: filePathOf(filePath) }) as const),
    ...setFileModes.map(
      ({ filePath, fileMode }) => ({ kind: "mode", path: filePathOf(filePath), mode: fileMode }) as const,
    ),
  ];
  if (edits.length === 0) throw refusal("FileEntryRequired");
  if (edits.length > MAX_FILES_PER_COMMIT) throw refusal("MaximumFileEntriesExceeded");
  const size = edits.reduce((sum, edit) => sum + (edit.kind === "put" ? edit.content.length : 0), 0);
  if (size > MAX_COMMIT_BYTES) throw refusal("FileContentSizeLimitExceeded");
  checkTogether(edits);
  return edits;
};

/** A file that is put comes with its content, or from another one, which it may take the place of. */
const putEdits = ({ filePath, fileMode: mode, fileContent: content, sourceFile }: PutEntry): readonly FileEdit[] => {
  const path = filePathOf(filePath);
  if (content !== undefined && sourceFile) throw refusal("FileContentAndSourceFileSpecified");
  if (content !== undefined) {
    if (content.length > MAX_FILE_BYTES) throw refusal("FileContentSizeLimitExceeded");
    return [{ kind: "put", path, content, mode }];
  }
  if (!sourceFile) throw refusal("SourceFileOrContentRequired");
  const from = checkedSource(sourceFile.filePath);
  const copy: FileEdit = { kind: "copy", path, from, mode };
  return sourceFile.isMove ? [copy, { kind: "delete", path: from }] : [copy];
};

const filesView = (changes: readonly TreeChange[], before: Before) => ({
  filesAdded: changes.filter(({ path, id }) => id !== undefined && !before.has(path)).map(fileView),
  filesUpdated: changes.filter(({ path, id }) => id !== undefined && before.has(path)).map(fileView),
  filesDeleted: changes
    .filter(({ id }) => id === undefined)
    .map(({ path, mode }) => fileView({ path, mode, id: before.get(path)?.id })),
});

const fileView = ({ path, mode, id }: TreeChange) => ({ absolutePath: path, blobId: id, fileMode: fileModeOf(mode) });
