import { entryAt, listTree, type TreeEntry } from "../../../engines/git/tree.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { type Html, html, page } from "./html.ts";
import { linkTo, nameOf } from "./links.ts";
import { crumbsOf, type Shown, tabs } from "./shown.ts";

/** What a path of a reference leads to. */
export interface Place {
  readonly ref: string;
  readonly commit: string;
  readonly path: string;
}

/** A folder's entries; undefined when there is no such folder. */
export const treePage = async (shown: Shown, { ref, commit, path }: Place): Promise<HttpResponse | undefined> => {
  const { room, repository } = shown;
  if (path !== "" && (await entryAt(room, repository, commit, path))?.type !== "tree") return undefined;
  const entries = [...(await listTree(room, repository, commit, path))].sort(
    (a, b) => Number(b.type === "tree") - Number(a.type === "tree") || a.path.localeCompare(b.path),
  );
  const body = html`${tabs(shown, ref)}
<table>
<caption>Files of ${ref}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Bytes</th></tr></thead>
<tbody>${parentRow(shown, ref, path)}${entries.map((entry) => entryRow(shown, ref, entry))}</tbody>
</table>`;
  return page(`${nameOf(repository)}/${path}`, crumbsOf(shown), body);
};

const parentRow = ({ repository }: Shown, ref: string, path: string): Html | undefined => {
  if (path === "") return undefined;
  const parent = path.split("/").slice(0, -1);
  return html`<tr><td><a href="${linkTo(repository, "tree", ref, ...parent)}">..</a></td><td></td></tr>`;
};

const entryRow = ({ repository }: Shown, ref: string, { path, type, size }: TreeEntry): Html => {
  const name = path.split("/").at(-1) ?? path;
  if (type === "commit") return html`<tr><td>${name} (a repository of its own)</td><td></td></tr>`;
  const to = linkTo(repository, type === "tree" ? "tree" : "blob", ref, path);
  return html`<tr><td><a href="${to}">${name}${type === "tree" ? "/" : ""}</a></td><td>${size}</td></tr>`;
};
