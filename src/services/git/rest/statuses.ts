import type { StatusRecord } from "../records.ts";
import { latestStatuses, statusesOf } from "../statuses.ts";
import { ok, type RepositoryRoute } from "./api.ts";
import { resolveCommit } from "./commits.ts";
import { createStatus } from "./createStatus.ts";
import { linkHeader, paged, pageOf } from "./paging.ts";
import { addressesOf, repositoryView, statusView } from "./views.ts";

const listStatuses: RepositoryRoute[1] = async (asked) => {
  const commit = await resolveCommit(asked, asked.params[0] ?? "");
  const { room, repository } = asked;
  return paged(asked, statusesOf(room, repository, commit), (each) => statusView(room, repository, commit, each));
};

/** https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference */
const combinedStatus: RepositoryRoute[1] = async (asked) => {
  const { room, repository, query } = asked;
  const commit = await resolveCommit(asked, asked.params[0] ?? "");
  const latest = latestStatuses(room, repository, commit);
  const { skip, size } = pageOf(query);
  const { api } = addressesOf(room, repository);
  return ok(
    {
      state: combinedState(latest),
      statuses: latest.slice(skip, skip + size).map((each) => statusView(room, repository, commit, each)),
      sha: commit,
      total_count: latest.length,
      repository: repositoryView(room, repository),
      commit_url: `${api}/commits/${commit}`,
      url: `${api}/commits/${commit}/status`,
    },
    linkHeader(asked, latest.length),
  );
};

/** GitHub: failure when anything failed, pending when there is nothing or something is still to come. */
export const combinedState = (latest: readonly Pick<StatusRecord, "state">[]): "failure" | "pending" | "success" => {
  if (latest.some(({ state }) => state === "failure" || state === "error")) return "failure";
  return latest.length === 0 || latest.some(({ state }) => state === "pending") ? "pending" : "success";
};

export const statusRoutes: readonly RepositoryRoute[] = [
  ["POST /statuses/*", createStatus],
  ["GET /commits/**/statuses", listStatuses],
  ["GET /statuses/**", listStatuses],
  ["GET /commits/**/status", combinedStatus],
];
