import { pathsBetween } from "../../../../engines/git/diff.ts";
import type { LineCommentRecord, PullRecord } from "../../records.ts";
import type { AskedOf } from "../api.ts";
import { addressesOf, isoTime, nodeId, userView } from "../views.ts";

/** By commit, what has changed between it and the pull request's head. */
export type ChangedSince = ReadonlyMap<string, ReadonlySet<string>>;

/** Which files have changed since remarks were made: what was said of them then is outdated. */
export const pathsSince = async (
  { room, repository }: AskedOf,
  { headSha }: Pick<PullRecord, "headSha">,
  comments: readonly LineCommentRecord[],
): Promise<ChangedSince> => {
  const commits = new Set(comments.map(({ place }) => place.commit));
  const changed = [...commits].map(async (commit) => {
    const paths = await pathsBetween(room, repository, commit, headSha);
    return [commit, new Set(paths.map(({ path }) => path))] as const;
  });
  return new Map(await Promise.all(changed));
};

/** https://docs.github.com/en/rest/pulls/comments#get-a-review-comment-for-a-pull-request */
export const lineCommentView = ({ room, repository }: AskedOf, comment: LineCommentRecord, since: ChangedSince) => {
  const { id, pull, reviewId, login, body, place, inReplyTo, createdAt, updatedAt } = comment;
  const { path, commit, side, subjectType, hunk, line = null, position = null, startLine = null } = place;
  const { api, html } = addressesOf(room, repository);
  const self = `${api}/pulls/comments/${id}`;
  const page = `${html}/pull/${pull}#discussion_r${id}`;
  const pullAddress = `${api}/pulls/${pull}`;
  // GitHub: what is outdated stands at no line any more.
  const isOutdated = since.get(commit)?.has(path) ?? false;
  return {
    url: self,
    pull_request_review_id: reviewId,
    id,
    node_id: nodeId("PullRequestReviewComment", id),
    diff_hunk: hunk,
    path,
    commit_id: commit,
    original_commit_id: commit,
    user: userView(room, login),
    body,
    created_at: isoTime(createdAt),
    updated_at: isoTime(updatedAt),
    html_url: page,
    pull_request_url: pullAddress,
    author_association: "COLLABORATOR",
    _links: { self: { href: self }, html: { href: page }, pull_request: { href: pullAddress } },
    start_line: isOutdated ? null : startLine,
    original_start_line: startLine,
    start_side: place.startSide ?? null,
    line: isOutdated ? null : line,
    original_line: line,
    side,
    position: isOutdated ? null : position,
    original_position: position,
    subject_type: subjectType,
    ...(inReplyTo === undefined ? {} : { in_reply_to_id: inReplyTo }),
  };
};
