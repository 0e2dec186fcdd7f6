import type { PullRecord, RepositoryRecord } from "../records.ts";
import { addressesOf, isoTime, nodeId, OWNER_LOGIN, repositoryView, userView } from "../rest/views.ts";
import type { Room } from "../room.ts";

/** https://docs.github.com/en/rest/pulls/pulls: as lists show it. */
export const pullView = (room: Room, repository: RepositoryRecord, pull: PullRecord) => {
  const { api, html } = addressesOf(room, repository);
  const { number, title, body, state, draft } = pull;
  const side = (ref: string, sha: string) => ({
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: userView(room, repository.owner),
    repo: repositoryView(room, repository),
  });
  const url = `${api}/pulls/${number}`;
  return {
    url,
    id: number,
    node_id: nodeId("PullRequest", repository.owner, repository.name, number),
    html_url: `${html}/pull/${number}`,
    diff_url: `${html}/pull/${number}.diff`,
    commits_url: `${url}/commits`,
    comments_url: `${api}/issues/${number}/comments`,
    statuses_url: `${api}/statuses/${pull.headSha}`,
    number,
    state,
    locked: false,
    title,
    user: userView(room, pull.author ?? OWNER_LOGIN),
    body,
    draft,
    created_at: isoTime(pull.createdAt),
    updated_at: isoTime(pull.updatedAt),
    closed_at: timeOrNull(pull.closedAt),
    merged_at: timeOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeCommit ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: (pull.reviewers ?? []).map((login) => userView(room, login)),
    requested_teams: [],
    labels: [],
    milestone: null,
    head: side(pull.head, pull.headSha),
    base: side(pull.base, pull.baseSha),
    author_association: "OWNER",
    auto_merge: null,
    merged: pull.mergedAt !== undefined,
  };
};

const timeOrNull = (ms: number | undefined): string | null => (ms === undefined ? null : isoTime(ms));
