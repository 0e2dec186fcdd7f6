import { listCommits } from "../../../engines/git/commits.ts";
import { filesBetween } from "../../../engines/git/diff.ts";
import { keyOf } from "../../../engines/git/place.ts";
import { pullView } from "../pulls/view.ts";
import type { RepositoryRoute } from "./api.ts";
import { paged } from "./paging.ts";
import { partedAt, pullIn } from "./pullIn.ts";
import { commitView, fileView } from "./views.ts";

const listPulls: RepositoryRoute[1] = async (asked) => {
  const { room, repository, query } = asked;
  const state = query.get("state") ?? "open";
  const head = query.get("head")?.replace(`${repository.owner}:`, "");
  const base = query.get("base");
  const pulls = [...room.pulls.values({ prefix: keyOf(repository), reverse: query.get("direction") !== "asc" })].filter(
    (pull) =>
      (state === "all" || pull.state === state) && (!head || pull.head === head) && (!base || pull.base === base),
  );
  return paged(asked, pulls, (pull) => pullView(room, repository, pull));
};

const listPullCommits: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const { baseSha, headSha } = pullIn(asked);
  const commits = await listCommits(room, repository, { revisions: [`${baseSha}..${headSha}`], oldestFirst: true });
  return paged(asked, commits, (commit) => commitView(room, repository, commit));
};

const listPullFiles: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const pull = pullIn(asked);
  const changes = await filesBetween(room, repository, await partedAt(asked, pull), pull.headSha);
  return paged(asked, changes, (change) => fileView(room, repository, pull.headSha, change));
};

export const pullLists: readonly RepositoryRoute[] = [
  ["GET /pulls", listPulls],
  ["GET /pulls/*/commits", listPullCommits],
  ["GET /pulls/*/files", listPullFiles],
];
