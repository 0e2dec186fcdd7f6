import type { PullRecord, ReviewRecord } from "../records.ts";
import type { AskedOf } from "./api.ts";
import { addressesOf, isoTime, nodeId, userView } from "./views.ts";

/** https://docs.github.com/en/rest/pulls/reviews#get-a-review-for-a-pull-request */
export const reviewView = ({ room, repository }: AskedOf, { number }: PullRecord, review: ReviewRecord) => {
  const { api, html } = addressesOf(room, repository);
  const { id, login, body, state, commit, submittedAt } = review;
  const page = `${html}/pull/${number}#pullrequestreview-${id}`;
  const pull = `${api}/pulls/${number}`;
  return {
    id,
    node_id: nodeId("PullRequestReview", id),
    user: userView(room, login),
    body,
    state,
    html_url: page,
    pull_request_url: pull,
    author_association: "COLLABORATOR",
    _links: { html: { href: page }, pull_request: { href: pull } },
    ...(submittedAt === undefined ? {} : { submitted_at: isoTime(submittedAt) }),
    commit_id: commit,
  };
};
