import { entriesAt } from "../../../engines/git/tree.ts";
import { type TreeChange, treeWith, writeBlob } from "../../../engines/git/write.ts";
import { known } from "../../../kernel/errors.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type Before, type FileEdit, KEPT } from "./edits.ts";
import { gitModeOf } from "./modes.ts";

/** The tree that comes of edits, and what they were of each file. */
export interface Edited {
  readonly tree: string;
  readonly changes: readonly TreeChange[];
}

/** Applies edits, which were found to fit, to a commit's tree, or to none. */
export const applyEdits = async (
  room: Room,
  repository: RepositoryRecord,
  head: string | undefined,
  {
    edits,
    before,
    keepsFolders,
  }: { readonly edits: readonly FileEdit[]; readonly before: Before; readonly keepsFolders: boolean },
): Promise<Edited> => {
  const place = placeOf(room, repository);
  const changes: TreeChange[] = [];
  for (const edit of edits) changes.push(await changeOf(room, repository, edit, before));
  // What goes goes first: a file may come to where another's folder was.
  const ordered = [...changes].sort((a, b) => Number(a.id !== undefined) - Number(b.id !== undefined));
  const tree = await treeWith(room, place, head, ordered);
  if (!keepsFolders) return { tree, changes };
  const kept = await keptFolders(room, repository, tree, changes);
  return kept.length === 0
    ? { tree, changes }
    : { tree: await treeWith(room, place, tree, kept), changes: [...changes, ...kept] };
};

const changeOf = async (
  room: Room,
  repository: RepositoryRecord,
  edit: FileEdit,
  before: Before,
): Promise<TreeChange> => {
  const { path } = edit;
  const there = before.get(path);
  const modeOr = (mode: Parameters<typeof gitModeOf>[0] | undefined, otherwise = "100644") =>
    mode === undefined ? otherwise : gitModeOf(mode);
  switch (edit.kind) {
    case "delete":
      return { path, mode: known(there, path).mode, id: undefined };
    case "mode":
      return { path, mode: gitModeOf(edit.mode), id: known(there, path).id };
    case "copy": {
      const source = known(before.get(edit.from), edit.from);
      return { path, mode: modeOr(edit.mode, source.mode), id: source.id };
    }
    case "put": {
      const id = await writeBlob(room, placeOf(room, repository), edit.content);
      return { path, mode: modeOr(edit.mode, there?.mode), id };
    }
  }
};

/** A file for each folder that has lost its last one. */
export const keptFolders = async (
  room: Room,
  repository: RepositoryRecord,
  tree: string,
  changes: readonly TreeChange[],
): Promise<readonly TreeChange[]> => {
  const lost = changes.flatMap(({ path, id }) =>
    id === undefined && path.includes("/") ? [path.slice(0, path.lastIndexOf("/"))] : [],
  );
  const place = placeOf(room, repository);
  const left = await entriesAt(room, place, tree, [...new Set(lost)]);
  const empty = [...new Set(lost)].filter((folder) => !left.has(folder));
  if (empty.length === 0) return [];
  const id = await writeBlob(room, place, new Uint8Array());
  return empty.map((folder) => ({ path: `${folder}/${KEPT}`, mode: "100644", id }));
};
