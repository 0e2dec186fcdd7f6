import { MAX_BLOB_BYTES } from "../../../engines/git/limits.ts";
import { entryAt, readBlob } from "../../../engines/git/tree.ts";
import type { HttpResponse } from "../../../kernel/http.ts";
import { html, isText, page, rawFile } from "./html.ts";
import { linkTo, nameOf } from "./links.ts";
import { crumbsOf, type Shown, tabs } from "./shown.ts";
import type { Place } from "./treePage.ts";

/** A longer file is to be had raw. */
const MAX_SHOWN_BYTES = 1024 * 1024;

/** A file, to be read; undefined when there is none. */
export const blobPage = async (shown: Shown, { ref, commit, path }: Place): Promise<HttpResponse | undefined> => {
  const { room, repository } = shown;
  const entry = await entryAt(room, repository, commit, path);
  if (entry?.type !== "blob") return undefined;
  const raw = linkTo(repository, "raw", ref, path);
  const bytes = (entry.size ?? 0) > MAX_SHOWN_BYTES ? undefined : await readBlob(room, repository, entry.id);
  const content =
    bytes && isText(bytes)
      ? html`<pre tabindex="0" aria-label="Content">${bytes.toString()}</pre>`
      : html`<p>Too long to be shown here, or no text.</p>`;
  const body = html`${tabs(shown, ref)}
<p>${entry.size} bytes at <code>${ref}</code>, <a href="${raw}">raw</a></p>
${content}`;
  return page(`${nameOf(repository)}/${path}`, crumbsOf(shown), body);
};

export const rawPage = async (
  { room, repository }: Shown,
  { commit, path }: Place,
): Promise<HttpResponse | undefined> => {
  const entry = await entryAt(room, repository, commit, path);
  if (entry?.type !== "blob" || (entry.size ?? 0) > MAX_BLOB_BYTES) return undefined;
  return rawFile(await readBlob(room, repository, entry.id));
};
