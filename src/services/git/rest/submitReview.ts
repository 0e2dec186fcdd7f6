import { keyOf } from "../../../engines/git/place.ts";
import { pullView } from "../pulls/view.ts";
import type { PullRecord, ReviewRecord } from "../records.ts";
import { tell } from "../webhooks/events.ts";
import { type AskedOf, refuse } from "./api.ts";
import { reviewView } from "./reviewView.ts";
import { OWNER_LOGIN } from "./views.ts";

/** What a reviewer may say, and what becomes of the review. */
const VERDICTS = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;

export const unprocessable = (message: string) => refuse(422, "Unprocessable Entity", [{ message }]);

export const sameLogin = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const keepReview = (
  { room, repository }: AskedOf,
  { number }: PullRecord,
  review: ReviewRecord,
): ReviewRecord => {
  room.reviews.put([...keyOf(repository), number, review.id], review);
  return review;
};

/** GitHub: nobody approves of what he asks for himself, and who objects has to say to what. */
export const submitReview = async (
  asked: AskedOf,
  pull: PullRecord,
  review: ReviewRecord,
  event: string,
  /** Whether it says something of lines. */
  hasComments: boolean,
) => {
  const { room, repository } = asked;
  const verdict = Object.entries(VERDICTS).find(([name]) => name === event)?.[1];
  if (!verdict) throw refuse(422, `Invalid request.\n\nFor 'event', ${event} is not one of ${Object.keys(VERDICTS)}.`);
  const isOwn = sameLogin(pull.author ?? OWNER_LOGIN, asked.caller.login);
  if (isOwn && verdict === "APPROVED") throw unprocessable("Can not approve your own pull request");
  if (isOwn && verdict === "CHANGES_REQUESTED") throw unprocessable("Can not request changes on your own pull request");
  if (verdict !== "APPROVED" && review.body === "" && !hasComments) throw unprocessable("Body cannot be blank");
  const submitted = keepReview(asked, pull, { ...review, state: verdict, submittedAt: room.clock.now() });
  await tellReview(asked, pull, submitted, "submitted");
  const reviewers = (pull.reviewers ?? []).filter((login) => !sameLogin(login, asked.caller.login));
  if (reviewers.length !== (pull.reviewers ?? []).length)
    room.pulls.put([...keyOf(repository), pull.number], { ...pull, reviewers });
  return submitted;
};

export const tellReview = (asked: AskedOf, pull: PullRecord, review: ReviewRecord, action: string): Promise<void> =>
  tell(asked.room, asked.repository, "pull_request_review", action, () => ({
    review: { ...reviewView(asked, pull, review), state: review.state.toLowerCase() },
    pull_request: pullView(asked.room, asked.repository, pull),
  }));
