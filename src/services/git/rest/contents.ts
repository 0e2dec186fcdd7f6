import { listCommits } from "../../../engines/git/commits.ts";
import { MAX_BLOB_BYTES } from "../../../engines/git/limits.ts";
import { commitAt, refsOf } from "../../../engines/git/revisions.ts";
import { entryAt, listTree, readBlob, type TreeEntry } from "../../../engines/git/tree.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { type Answer, type AskedOf, mediaOf, notFound, ok, type RepositoryRoute, refuse } from "./api.ts";
import { checkedPath } from "./checkedPath.ts";
import { optionalTextIn, readJson, textIn } from "./input.ts";
import { addressesOf, gitCommitView } from "./views.ts";
import { commitFile } from "./writeFile.ts";
import { writerIn } from "./writerIn.ts";

/** https://docs.github.com/en/rest/repos/contents: files up to 1 MB come with their content, larger ones only raw. */
const MAX_INLINE_BYTES = 1024 * 1024;

const getContents: RepositoryRoute[1] = async (asked) => {
  const { room, repository, query, params } = asked;
  const path = checkedPath(params[0] ?? "");
  const ref = query.get("ref") || repository.defaultBranch;
  const commit = await commitOrNoCommit(asked, ref);
  if (path === "") return folder(asked, ref, commit, path);
  const entry = await entryAt(room, repository, commit, path);
  if (!entry) throw notFound();
  return entry.type === "tree" ? folder(asked, ref, commit, path) : file(asked, ref, entry);
};

const commitOrNoCommit = async ({ room, repository }: AskedOf, ref: string): Promise<string> => {
  try {
    return (await commitAt(room, repository, ref)).commitId;
  } catch {
    if ((await refsOf(room, repository)).size === 0) throw refuse(404, "This repository is empty.");
    throw refuse(404, `No commit found for the ref ${ref}`);
  }
};

const folder = async (asked: AskedOf, ref: string, commit: string, path: string): Promise<Answer> => {
  const entries = await listTree(asked.room, asked.repository, commit, path);
  return ok(entries.map((entry) => entryView(asked, ref, entry)));
};

const file = async (asked: AskedOf, ref: string, entry: TreeEntry): Promise<Answer> => {
  if (entry.type === "commit") return ok(entryView(asked, ref, entry));
  if ((entry.size ?? 0) > MAX_BLOB_BYTES) throw refuse(403, "This API returns blobs up to 100 MB in size.");
  const isRaw = mediaOf(asked.request) === "raw";
  const isInline = (entry.size ?? 0) <= MAX_INLINE_BYTES;
  if (!isRaw && !isInline) return ok({ ...entryView(asked, ref, entry), encoding: "none", content: "" });
  const bytes = await readBlob(asked.room, asked.repository, entry.id);
  if (isRaw)
    return { status: 200, bytes, headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" } };
  const view = entryView(asked, ref, entry);
  return ok(
    view.type === "symlink"
      ? { ...view, target: bytes.toString() }
      : { ...view, encoding: "base64", content: base64Lines(bytes) },
  );
};

/** GitHub breaks base64 after 60 characters. */
const base64Lines = (bytes: Buffer): string => bytes.toString("base64").replace(/.{1,60}/g, "$&\n");

const TYPES: Readonly<Record<string, string>> = { "120000": "symlink", "160000": "submodule", "040000": "dir" };

const entryView = ({ room, repository }: AskedOf, ref: string, { mode, id, size, path }: TreeEntry) => {
  const { api, html } = addressesOf(room, repository);
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const type = TYPES[mode] ?? "file";
  const url = `${api}/contents/${encoded}?ref=${encodeURIComponent(ref)}`;
  const git = `${api}/git/${type === "dir" ? "trees" : "blobs"}/${id}`;
  const page = `${html}/${type === "dir" ? "tree" : "blob"}/${ref}/${encoded}`;
  return {
    name: path.split("/").at(-1),
    path,
    sha: id,
    size: size ?? 0,
    url,
    html_url: page,
    git_url: git,
    download_url: type === "file" ? `${html}/raw/${ref}/${encoded}` : null,
    type,
    _links: { self: url, git, html: page },
  };
};

const getReadme: RepositoryRoute[1] = async (asked) => {
  const { room, repository, query } = asked;
  const ref = query.get("ref") || repository.defaultBranch;
  const entries = await listTree(room, repository, await commitOrNoCommit(asked, ref));
  const readme = entries.find(({ path, type }) => type === "blob" && /^readme(\.|$)/i.test(path));
  if (!readme) throw notFound();
  return file(asked, ref, readme);
};

const putContents: RepositoryRoute[1] = async (asked) => {
  const body = await readJson(asked);
  const text = textIn(body, "content");
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text)) throw refuse(422, "content is not valid Base64");
  return write(asked, body, Buffer.from(text, "base64"));
};

const deleteContents: RepositoryRoute[1] = async (asked) => {
  // GitHub takes the parameters of a deletion from the address, too.
  const body = { ...Object.fromEntries(asked.query), ...(await readJson(asked)) };
  if (body["sha"] === undefined) throw refuse(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  return write(asked, body, undefined);
};

const write = async (asked: AskedOf, body: JsonObject, content: Buffer | undefined): Promise<Answer> => {
  const { room, repository, params } = asked;
  const path = checkedPath(params[0] ?? "");
  if (path === "") throw refuse(422, "path cannot be empty");
  const message = textIn(body, "message");
  const branch = (optionalTextIn(body, "branch") ?? repository.defaultBranch).replace(/^refs\/heads\//, "");
  const refs = await refsOf(room, repository);
  const head = refs.get(`refs/heads/${branch}`);
  if (head === undefined && refs.size > 0) throw refuse(404, `Branch ${branch} not found`);
  const existing = head === undefined ? undefined : await entryAt(room, repository, head, path);
  checkSha(existing, optionalTextIn(body, "sha"), path, content === undefined);
  const { commit, blob } = await commitFile(room, repository, {
    ...{ branch, path, content, message },
    mode: existing?.mode,
    author: writerIn(asked, body, "author"),
    committer: writerIn(asked, body, "committer"),
    login: asked.caller.login,
  });
  const [detail] = await listCommits(room, repository, { revisions: [commit.commitId], limit: 1 });
  const written = blob === undefined ? undefined : await entryAt(room, repository, commit.commitId, path);
  return {
    status: existing ? 200 : 201,
    body: {
      content: written ? entryView(asked, branch, written) : null,
      commit: detail && gitCommitView(room, repository, detail),
    },
  };
};

const checkSha = (
  existing: TreeEntry | undefined,
  sha: string | undefined,
  path: string,
  isDeletion: boolean,
): void => {
  if (isDeletion && existing?.type !== "blob") throw notFound();
  if (existing?.type === "tree") throw refuse(422, `${path} is a directory.`);
  if (existing && sha === undefined) throw refuse(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  if (sha !== undefined && sha !== existing?.id) throw refuse(409, `${path} does not match ${sha}`);
};

export const contentRoutes: readonly RepositoryRoute[] = [
  ["GET /readme", getReadme],
  ["GET /contents", getContents],
  ["GET /contents/**", getContents],
  ["PUT /contents/**", putContents],
  ["DELETE /contents/**", deleteContents],
];
