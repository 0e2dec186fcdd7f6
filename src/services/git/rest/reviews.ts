import { reviewsOf } from "../protection/approvals.ts";
import { putPull } from "../pulls/tell.ts";
import { pullView } from "../pulls/view.ts";
import { keyOf, type PullRecord, type ReviewRecord } from "../records.ts";
import { nextNumber } from "../room.ts";
import { tell } from "../webhooks/events.ts";
import { type AskedOf, created, notFound, ok, type RepositoryRoute, refuse } from "./api.ts";
import { optionalTextIn, readJson, textIn, textsIn } from "./input.ts";
import { paged } from "./paging.ts";
import { loginsFrom } from "./protection/read.ts";
import { pullIn } from "./pullIn.ts";
import { reviewView } from "./reviewView.ts";
import { OWNER_LOGIN, userView } from "./views.ts";

/** What a reviewer may say, and what becomes of the review. */
const VERDICTS = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;

const custom = (message: string) => refuse(422, "Unprocessable Entity", [{ message }]);

/** https://docs.github.com/en/rest/pulls/reviews#create-a-review-for-a-pull-request */
const createReview: RepositoryRoute[1] = async (asked) => {
  const pull = pullIn(asked);
  const body = await readJson(asked);
  if (Array.isArray(body["comments"]) && body["comments"].length > 0)
    throw refuse(501, "aloft has not built reviews that bring their comments along: make them one by one.");
  const own = reviewsOf(asked.room, asked.repository, pull);
  if (own.some(({ state, login }) => state === "PENDING" && same(login, asked.caller.login)))
    throw custom("User can only have one pending review per pull request");
  const text = optionalTextIn(body, "body") ?? "";
  const review: ReviewRecord = {
    id: nextNumber(asked.room, "reviews"),
    login: asked.caller.login,
    state: "PENDING",
    body: text,
    commit: optionalTextIn(body, "commit_id") ?? pull.headSha,
  };
  const event = optionalTextIn(body, "event");
  const kept = event === undefined ? keep(asked, pull, review) : await submit(asked, pull, review, event);
  return ok(reviewView(asked, pull, kept));
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const keep = ({ room, repository }: AskedOf, { number }: PullRecord, review: ReviewRecord): ReviewRecord => {
  room.reviews.put([...keyOf(repository), number, review.id], review);
  return review;
};

/** GitHub: nobody approves of what he asks for himself, and who objects has to say to what. */
const submit = async (asked: AskedOf, pull: PullRecord, review: ReviewRecord, event: string) => {
  const { room, repository } = asked;
  const verdict = Object.entries(VERDICTS).find(([name]) => name === event)?.[1];
  if (!verdict) throw refuse(422, `Invalid request.\n\nFor 'event', ${event} is not one of ${Object.keys(VERDICTS)}.`);
  const isOwn = same(pull.author ?? OWNER_LOGIN, asked.caller.login);
  if (isOwn && verdict === "APPROVED") throw custom("Can not approve your own pull request");
  if (isOwn && verdict === "CHANGES_REQUESTED") throw custom("Can not request changes on your own pull request");
  if (verdict !== "APPROVED" && review.body === "") throw custom("Body cannot be blank");
  const submitted = keep(asked, pull, { ...review, state: verdict, submittedAt: room.clock.now() });
  await tellReview(asked, pull, submitted, "submitted");
  const reviewers = (pull.reviewers ?? []).filter((login) => !same(login, asked.caller.login));
  if (reviewers.length !== (pull.reviewers ?? []).length)
    room.pulls.put([...keyOf(repository), pull.number], { ...pull, reviewers });
  return submitted;
};

const tellReview = (asked: AskedOf, pull: PullRecord, review: ReviewRecord, action: string): Promise<void> =>
  tell(asked.room, asked.repository, "pull_request_review", action, () => ({
    review: { ...reviewView(asked, pull, review), state: review.state.toLowerCase() },
    pull_request: pullView(asked.room, asked.repository, pull),
  }));

const listReviews: RepositoryRoute[1] = async (asked) => {
  const pull = pullIn(asked);
  return paged(asked, reviewsOf(asked.room, asked.repository, pull), (review) => reviewView(asked, pull, review));
};

const reviewIn = (asked: AskedOf): { readonly pull: PullRecord; readonly review: ReviewRecord } => {
  const pull = pullIn(asked);
  const review = asked.room.reviews.get([...keyOf(asked.repository), pull.number, Number(asked.params[1])]);
  if (!review) throw notFound();
  return { pull, review };
};

const getReview: RepositoryRoute[1] = async (asked) => {
  const { pull, review } = reviewIn(asked);
  return ok(reviewView(asked, pull, review));
};

const updateReview: RepositoryRoute[1] = async (asked) => {
  const { pull, review } = reviewIn(asked);
  return ok(reviewView(asked, pull, keep(asked, pull, { ...review, body: textIn(await readJson(asked), "body") })));
};

const submitReview: RepositoryRoute[1] = async (asked) => {
  const { pull, review } = reviewIn(asked);
  const body = await readJson(asked);
  if (review.state !== "PENDING") throw custom("Could not submit review: it is not pending");
  const text = optionalTextIn(body, "body") ?? review.body;
  return ok(reviewView(asked, pull, await submit(asked, pull, { ...review, body: text }, textIn(body, "event"))));
};

const deleteReview: RepositoryRoute[1] = async (asked) => {
  const { pull, review } = reviewIn(asked);
  if (review.state !== "PENDING") throw custom("Can not delete a non-pending pull request review");
  asked.room.reviews.delete([...keyOf(asked.repository), pull.number, review.id]);
  return ok(reviewView(asked, pull, review));
};

const dismissReview: RepositoryRoute[1] = async (asked) => {
  const { pull, review } = reviewIn(asked);
  textIn(await readJson(asked), "message");
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED")
    throw custom(`Can not dismiss a ${review.state.toLowerCase()} pull request review`);
  const dismissed = keep(asked, pull, { ...review, state: "DISMISSED" });
  await tellReview(asked, pull, dismissed, "dismissed");
  return ok(reviewView(asked, pull, dismissed));
};

/** https://docs.github.com/en/rest/pulls/review-requests */
const listReviewers: RepositoryRoute[1] = async (asked) =>
  ok({ users: (pullIn(asked).reviewers ?? []).map((login) => userView(asked.room, login)), teams: [] });

const changeReviewers =
  (join: (before: readonly string[], given: readonly string[]) => readonly string[], action: string) =>
  async (asked: AskedOf) => {
    const pull = pullIn(asked);
    const given = loginsFrom(textsIn(await readJson(asked), "reviewers") ?? []);
    if (given.some((login) => same(login, pull.author ?? OWNER_LOGIN)))
      throw custom("Review cannot be requested from pull request author.");
    const changed = { ...pull, reviewers: join(pull.reviewers ?? [], given), updatedAt: asked.room.clock.now() };
    await putPull(asked.room, asked.repository, changed, action);
    return pullView(asked.room, asked.repository, changed);
  };

const addReviewers = changeReviewers((before, given) => [...new Set([...before, ...given])], "review_requested");
const removeReviewers = changeReviewers(
  (before, given) => before.filter((login) => !given.includes(login)),
  "review_request_removed",
);

export const reviewRoutes: readonly RepositoryRoute[] = [
  ["POST /pulls/*/reviews", createReview],
  ["GET /pulls/*/reviews", listReviews],
  ["GET /pulls/*/reviews/*", getReview],
  ["PUT /pulls/*/reviews/*", updateReview],
  ["DELETE /pulls/*/reviews/*", deleteReview],
  ["POST /pulls/*/reviews/*/events", submitReview],
  ["PUT /pulls/*/reviews/*/dismissals", dismissReview],
  ["GET /pulls/*/requested_reviewers", listReviewers],
  ["POST /pulls/*/requested_reviewers", async (asked) => created(await addReviewers(asked))],
  ["DELETE /pulls/*/requested_reviewers", async (asked) => ok(await removeReviewers(asked))],
];
