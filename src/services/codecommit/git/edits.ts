import { entriesAt, type TreeEntry } from "../../../engines/git/tree.ts";
import { refusal } from "../errors.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { filePathOf } from "./paths.ts";

type Mode = "EXECUTABLE" | "NORMAL" | "SYMLINK";

/** What is asked for one file of a commit. */
export type FileEdit =
  | { readonly kind: "put"; readonly path: string; readonly content: Uint8Array; readonly mode: Mode | undefined }
  | { readonly kind: "copy"; readonly path: string; readonly from: string; readonly mode: Mode | undefined }
  | { readonly kind: "mode"; readonly path: string; readonly mode: Mode }
  | { readonly kind: "delete"; readonly path: string };

/** What lies where edits reach, before them. */
export type Before = ReadonlyMap<string, TreeEntry>;

/** Looks up what lies at the edits' paths and at the folders above them. */
export const entriesBefore = async (
  room: Room,
  repository: RepositoryRecord,
  head: string | undefined,
  edits: readonly FileEdit[],
): Promise<Before> => {
  if (head === undefined) return new Map();
  const paths = edits.flatMap((edit) => [
    edit.path,
    ...foldersOf(edit.path),
    ...(edit.kind === "copy" ? [edit.from] : []),
  ]);
  return entriesAt(room, placeOf(room, repository), head, [...new Set(paths)]);
};

/** The folders a path lies in, the innermost last. */
const foldersOf = (path: string): readonly string[] =>
  path
    .split("/")
    .slice(0, -1)
    .map((_, index, parts) => parts.slice(0, index + 1).join("/"));

/** Throws where two edits of one commit are for the same path, or one's file is another's folder. */
export const checkTogether = (edits: readonly FileEdit[]): void => {
  const paths = new Set<string>();
  for (const { path } of edits) {
    if (paths.has(path)) throw refusal("SamePathRequest");
    paths.add(path);
  }
  const written = new Set(edits.flatMap((edit) => (writes(edit) ? [edit.path] : [])));
  for (const path of written)
    if (foldersOf(path).some((folder) => written.has(folder))) throw refusal("PutFileEntryConflict");
};

const writes = ({ kind }: FileEdit): boolean => kind === "put" || kind === "copy";

/** Throws where an edit does not fit to what is there. */
export const checkAgainst = (edits: readonly FileEdit[], before: Before): void => {
  const gone = new Set(edits.flatMap(({ kind, path }) => (kind === "delete" ? [path] : [])));
  for (const edit of edits) {
    if (writes(edit)) checkWrite(edit.path, before, gone);
    else checkThere(edit.path, before);
    if (edit.kind === "copy") checkThere(edit.from, before);
  }
};

const checkWrite = (path: string, before: Before, gone: ReadonlySet<string>): void => {
  const there = before.get(path);
  if (there?.type === "tree") throw refusal("FileNameConflictsWithDirectoryName");
  if (there?.type === "commit") throw refusal("FilePathConflictsWithSubmodulePath");
  for (const folder of foldersOf(path)) {
    const type = before.get(folder)?.type;
    if (type === "commit") throw refusal("FilePathConflictsWithSubmodulePath");
    if (type === "blob" && !gone.has(folder)) throw refusal("DirectoryNameConflictsWithFileName");
  }
};

const checkThere = (path: string, before: Before): void => {
  const type = before.get(path)?.type;
  if (type === "commit") throw refusal("FilePathConflictsWithSubmodulePath");
  if (type !== "blob") throw refusal("FileDoesNotExist", `Could not find path ${path}`);
};

/** What a file to be put may be named as. */
export const checkedSource = (given: string): string => {
  const path = filePathOf(given);
  if (path.split("/").at(-1) === KEPT) throw refusal("RestrictedSourceFile");
  return path;
};

/** AWS: the file that keeps a folder that has none left. */
export const KEPT = ".gitkeep";
