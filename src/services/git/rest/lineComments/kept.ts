import { keyOf } from "../../../../engines/git/place.ts";
import type { JsonObject } from "../../../../kernel/json.ts";
import { pullView } from "../../pulls/view.ts";
import type { LineCommentRecord, LinePlace, PullRecord, ReviewRecord } from "../../records.ts";
import { nextNumber } from "../../room.ts";
import { tell } from "../../webhooks/events.ts";
import type { AskedOf } from "../api.ts";
import { textIn } from "../input.ts";
import { placeIn } from "./place.ts";
import { lineCommentView, pathsSince } from "./view.ts";

/** The remarks on lines of a repository's pull requests, the oldest first; those of a review that waits are its writer's. */
export const lineCommentsOf = ({ room, repository }: AskedOf, pull?: number): readonly LineCommentRecord[] =>
  [...room.lineComments.values({ prefix: keyOf(repository) })].filter(
    (comment) =>
      (pull === undefined || comment.pull === pull) &&
      room.reviews.get([...keyOf(repository), comment.pull, comment.reviewId])?.state !== "PENDING",
  );

export const commentsOfReview = ({ room, repository }: AskedOf, reviewId: number): readonly LineCommentRecord[] =>
  [...room.lineComments.values({ prefix: keyOf(repository) })].filter((comment) => comment.reviewId === reviewId);

/** What a review brings along, once all of it has a place. */
export const readComments = (
  asked: AskedOf,
  pull: PullRecord,
  commit: string,
  comments: readonly JsonObject[],
): Promise<readonly Remark[]> =>
  Promise.all(
    comments.map(async (body) => ({ body: textIn(body, "body"), place: await placeIn(asked, pull, body, commit) })),
  );

export interface Remark {
  readonly body: string;
  readonly place: LinePlace;
  readonly inReplyTo?: number;
}

/** Keeps a remark as part of a review. */
export const keepComment = (asked: AskedOf, pull: PullRecord, review: ReviewRecord, remark: Remark) => {
  const { room, repository, caller } = asked;
  const now = room.clock.now();
  const { body, place, inReplyTo } = remark;
  const comment: LineCommentRecord = {
    id: nextNumber(room, "comments"),
    pull: pull.number,
    reviewId: review.id,
    login: caller.login,
    body,
    place,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    createdAt: now,
    updatedAt: now,
  };
  room.lineComments.put([...keyOf(repository), comment.id], comment);
  return comment;
};

/** Tells of it once everybody may see it. */
export const tellComment = (
  asked: AskedOf,
  pull: PullRecord,
  comment: LineCommentRecord,
  action: string,
): Promise<void> =>
  tell(asked.room, asked.repository, "pull_request_review_comment", action, async () => ({
    comment: lineCommentView(asked, comment, await pathsSince(asked, pull, [comment])),
    pull_request: pullView(asked.room, asked.repository, pull),
  }));
