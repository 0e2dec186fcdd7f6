import { peel } from "../bareRepository.ts";
import { listTree, readBlob } from "../history/tree.ts";
import { notFound, ok, type RepositoryRoute } from "./api.ts";
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
  const { api } = addressesOf(room, repository);
  const isTree = /^[0-9a-f]{40}$/.test(name) && (await peel(room, repository, name)) === undefined;
  const id = isTree ? name : await resolveCommit(asked, name);
  const entries = await listTree(room, repository, id, "", query.has("recursive")).catch(() => {
    throw notFound();
  });
  const sha = isTree ? name : (await detailOf(asked, id)).tree;
  return ok({
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
  });
};

const getBlob: RepositoryRoute[1] = async ({ room, repository, params }) => {
  const [sha = ""] = params;
  if (!/^[0-9a-f]{40}$/.test(sha)) throw notFound();
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
