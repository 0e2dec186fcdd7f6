import { revisionAt } from "../../../engines/git/revisions.ts";
import { entryAt, listTree, type TreeEntry } from "../../../engines/git/tree.ts";
import { known } from "../../../kernel/errors.ts";
import type { RepositoryName } from "../../../kernel/gitHost.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { fileModeOf, isLink } from "../git/modes.ts";
import { nameOf, pathOf } from "../git/paths.ts";
import { findCommit } from "../git/specifiers.ts";
import { placeOf } from "../place.ts";
import type { Operation, Room } from "../room.ts";

export const getFolder =
  (room: Room): Operation<"GetFolder"> =>
  async (_ctx, { repositoryName, commitSpecifier, folderPath: given }) => {
    const repository = findRepository(room, repositoryName);
    const folderPath = pathOf(given);
    const commitId = await findCommit(room, repository, commitSpecifier);
    const place = placeOf(room, repository);
    const treeId = await treeAt(room, place, commitId, folderPath);
    const entries = await listTree(room, place, commitId, folderPath);
    return { commitId, folderPath, treeId, ...contentsView(entries) };
  };

const treeAt = async (room: Room, place: RepositoryName, commitId: string, path: string): Promise<string> => {
  if (path === "") return known(await revisionAt(room, place, `${commitId}^{tree}`), "a commit's tree");
  const entry = await entryAt(room, place, commitId, path);
  if (entry?.type !== "tree") throw refusal("FolderDoesNotExist");
  return entry.id;
};

const contentsView = (entries: readonly TreeEntry[]) => {
  const files = entries.filter(({ type, mode }) => type === "blob" && !isLink(mode));
  const links = entries.filter(({ type, mode }) => type === "blob" && isLink(mode));
  const fileView = ({ id, mode, path }: TreeEntry) => ({ blobId: id, ...pathView(path), fileMode: fileModeOf(mode) });
  return {
    subFolders: entries
      .filter(({ type }) => type === "tree")
      .map(({ id, path }) => ({ treeId: id, ...pathView(path) })),
    files: files.map(fileView),
    symbolicLinks: links.map(fileView),
    subModules: entries
      .filter(({ type }) => type === "commit")
      .map(({ id, path }) => ({ commitId: id, ...pathView(path) })),
  };
};

/** AWS: the relative path is the one below the folder that was asked for. */
const pathView = (path: string) => ({ absolutePath: path, relativePath: nameOf(path) });
