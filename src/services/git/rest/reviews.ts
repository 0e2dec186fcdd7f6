import { keyOf } from "../../../engines/git/place.ts";
import { reviewsOf } from "../protection/approvals.ts";
import type { PullRecord, ReviewRecord } from "../records.ts";
import { nextNumber } from "../room.ts";
import { type AskedOf, notFound, ok, type RepositoryRoute } from "./api.ts";
import { objectsIn, optionalTextIn, readJson, textIn } from "./input.ts";
import { commentsOfReview, keepComment, readComments, tellComment } from "./lineComments/kept.ts";
import { paged } from "./paging.ts";
import { pullIn } from "./pullIn.ts";
import { reviewView } from "./reviewView.ts";
import { keepReview, sameLogin, submitReview, tellReview, unprocessable } from "./submitReview.ts";

/** https://docs.github.com/en/rest/pulls/reviews#create-a-review-for-a-pull-request */
const createReview: RepositoryRoute[1] = async (asked) => {
  const pull = pullIn(asked);
  const body = await readJson(asked);
  const own = reviewsOf(asked.room, asked.repository, pull);
  if (own.some(({ state, login }) => state === "PENDING" && sameLogin(login, asked.caller.login)))
    throw unprocessable("User can only have one pending review per pull request");
  const text = optionalTextIn(body, "body") ?? "";
  const review: ReviewRecord = {
    id: nextNumber(asked.room, "reviews"),
    login: asked.caller.login,
    state: "PENDING",
    body: text,
    commit: optionalTextIn(body, "commit_id") ?? pull.headSha,
  };
  const event = optionalTextIn(body, "event");
  const remarks = await readComments(asked, pull, review.commit, objectsIn(body, "comments"));
  const says = remarks.length > 0;
  const kept =
    event === undefined ? keepReview(asked, pull, review) : await submitReview(asked, pull, review, event, says);
  const comments = remarks.map((remark) => keepComment(asked, pull, kept, remark));
  if (kept.state !== "PENDING") for (const comment of comments) await tellComment(asked, pull, comment, "created");
  return ok(reviewView(asked, pull, kept));
};

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
  return ok(
    reviewView(asked, pull, keepReview(asked, pull, { ...review, body: textIn(await readJson(asked), "body") })),
  );
};

const submitPending: RepositoryRoute[1] = async (asked) => {
  const { pull, review } = reviewIn(asked);
  const body = await readJson(asked);
  if (review.state !== "PENDING") throw unprocessable("Could not submit review: it is not pending");
  const text = optionalTextIn(body, "body") ?? review.body;
  const comments = commentsOfReview(asked, review.id);
  const says = comments.length > 0;
  const submitted = await submitReview(asked, pull, { ...review, body: text }, textIn(body, "event"), says);
  for (const comment of comments) await tellComment(asked, pull, comment, "created");
  return ok(reviewView(asked, pull, submitted));
};

const deleteReview: RepositoryRoute[1] = async (asked) => {
  const { pull, review } = reviewIn(asked);
  if (review.state !== "PENDING") throw unprocessable("Can not delete a non-pending pull request review");
  for (const { id } of commentsOfReview(asked, review.id))
    asked.room.lineComments.delete([...keyOf(asked.repository), id]);
  asked.room.reviews.delete([...keyOf(asked.repository), pull.number, review.id]);
  return ok(reviewView(asked, pull, review));
};

const dismissReview: RepositoryRoute[1] = async (asked) => {
  const { pull, review } = reviewIn(asked);
  textIn(await readJson(asked), "message");
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED")
    throw unprocessable(`Can not dismiss a ${review.state.toLowerCase()} pull request review`);
  const dismissed = keepReview(asked, pull, { ...review, state: "DISMISSED" });
  await tellReview(asked, pull, dismissed, "dismissed");
  return ok(reviewView(asked, pull, dismissed));
};

export const reviewRoutes: readonly RepositoryRoute[] = [
  ["POST /pulls/*/reviews", createReview],
  ["GET /pulls/*/reviews", listReviews],
  ["GET /pulls/*/reviews/*", getReview],
  ["PUT /pulls/*/reviews/*", updateReview],
  ["DELETE /pulls/*/reviews/*", deleteReview],
  ["POST /pulls/*/reviews/*/events", submitPending],
  ["PUT /pulls/*/reviews/*/dismissals", dismissReview],
];
