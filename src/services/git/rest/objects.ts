import { peel } from "../../../engines/git/revisions.ts";
import { listTree, readBlob } from "../../../engines/git/tree.ts";
import { type AskedOf, notFound, ok, type RepositoryRoute } from "./api.ts";
import { detailOf, resolveCommit } from "./commits.ts";
import { addressesOf, gitCommitView, nodeId } from "./views.ts";

const getGitCommit: RepositoryRoute[1] = async (asked) => {
  const id = await resolveCommit(asked, asked.params[0] ?? "").catch(() => {
    throw notFound();
  });
  return ok(gitCommitView(asked.room, asked.repository, await detailOf(asked, id)));
};

const getTree: RepositoryRoute[1] = async (asked) => {
  const { room, repository, params, query } = asked;
  const [name = ""] = params;
  const isTree = isObjectId(name) && (await peel(room, repository, name)) === undefined;
  const id = isTree ? name : await resolveCommit(asked, name);
  return ok(await treeView(asked, isTree ? name : (await detailOf(asked, id)).tree, query.has("recursive")));
};

export const isObjectId = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);

/** A tree by its id. Throws GitHub's 404 when there is none. */
export const treeView = async ({ room, repository }: AskedOf, sha: string, recursive = false) => {
  const { api } = addressesOf(room, repository);
  const entries = await listTree(room, repository, sha, "", recursive).catch(() => {
    throw notFound();
  });
  return {
    sha,
    url: `${api}/git/trees/${sha}`,
    tree: entries.map((entry) => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.id,
      ...(entry.size === undefined ? {} : { size: entry.size }),
      url: `${api}/git/${entry.type}s/${entry.id}`,
    })),
    truncated: false,
  };
};

const getBlob: RepositoryRoute[1] = async ({ room, repository, params }) => {
  const [sha = ""] = params;
  if (!isObjectId(sha)) throw notFound();
  const bytes = await readBlob(room, repository, sha).catch(() => {
    throw notFound();
  });
  const url = `${addressesOf(room, repository).api}/git/blobs/${sha}`;
  return ok({
    sha,
    node_id: nodeId("Blob", sha),
    size: bytes.length,
    url,
    content: bytes.toString("base64"),
    encoding: "base64",
  });
};

export const objectRoutes: readonly RepositoryRoute[] = [
  ["GET /git/commits/*", getGitCommit],
  ["GET /git/trees/**", getTree],
  ["GET /git/blobs/*", getBlob],
];
