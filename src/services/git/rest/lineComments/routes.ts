import { keyOf } from "../../../../engines/git/place.ts";
import type { LineCommentRecord, PullRecord, ReviewRecord } from "../../records.ts";
import { nextNumber } from "../../room.ts";
import { type AskedOf, created, notFound, nothing, ok, type RepositoryRoute } from "../api.ts";
import { readJson, textIn } from "../input.ts";
import { paged } from "../paging.ts";
import { pullIn } from "../pullIn.ts";
import { keepReview } from "../submitReview.ts";
import { commentsOfReview, keepComment, lineCommentsOf, type Remark, tellComment } from "./kept.ts";
import { placeIn } from "./place.ts";
import { lineCommentView, pathsSince } from "./view.ts";

/** GitHub: a remark made by itself is a review of its own. */
const add = async (asked: AskedOf, pull: PullRecord, remark: Remark) => {
  const { room, caller } = asked;
  const review: ReviewRecord = {
    id: nextNumber(room, "reviews"),
    login: caller.login,
    state: "COMMENTED",
    body: "",
    commit: remark.place.commit,
    submittedAt: room.clock.now(),
  };
  const comment = keepComment(asked, pull, keepReview(asked, pull, review), remark);
  await tellComment(asked, pull, comment, "created");
  return created(await viewOf(asked, pull, comment));
};

const viewOf = async (asked: AskedOf, pull: PullRecord, comment: LineCommentRecord) =>
  lineCommentView(asked, comment, await pathsSince(asked, pull, [comment]));

const create: RepositoryRoute[1] = async (asked) => {
  const pull = pullIn(asked);
  const body = await readJson(asked);
  const text = textIn(body, "body");
  const parent = body["in_reply_to"];
  if (typeof parent === "number") return add(asked, pull, replyTo(asked, pull, parent, text));
  return add(asked, pull, { body: text, place: await placeIn(asked, pull, body, textIn(body, "commit_id")) });
};

const reply: RepositoryRoute[1] = async (asked) => {
  const pull = pullIn(asked);
  const text = textIn(await readJson(asked), "body");
  return add(asked, pull, replyTo(asked, pull, Number(asked.params[1]), text));
};

/** GitHub: answers to an answer are answers to what began the talk. */
const replyTo = (asked: AskedOf, { number }: PullRecord, id: number, body: string): Remark => {
  const parent = lineCommentsOf(asked, number).find((comment) => comment.id === id);
  if (!parent) throw notFound();
  return { body, place: parent.place, inReplyTo: parent.inReplyTo ?? parent.id };
};

const listed = async (asked: AskedOf, pull: PullRecord, comments: readonly LineCommentRecord[]) => {
  const since = await pathsSince(asked, pull, comments);
  return paged(asked, comments, (comment) => lineCommentView(asked, comment, since));
};

const listOfPull: RepositoryRoute[1] = async (asked) => {
  const pull = pullIn(asked);
  return listed(asked, pull, lineCommentsOf(asked, pull.number));
};

const listOfReview: RepositoryRoute[1] = async (asked) => {
  const pull = pullIn(asked);
  const id = Number(asked.params[1]);
  if (!asked.room.reviews.has([...keyOf(asked.repository), pull.number, id])) throw notFound();
  return listed(asked, pull, commentsOfReview(asked, id));
};

const listAll: RepositoryRoute[1] = async (asked) => {
  const comments = lineCommentsOf(asked);
  const views = new Map<number, object>();
  for (const comment of comments) views.set(comment.id, await viewOf(asked, pullOf(asked, comment), comment));
  return paged(asked, comments, ({ id }) => views.get(id));
};

const pullOf = ({ room, repository }: AskedOf, { pull }: LineCommentRecord): PullRecord => {
  const found = room.pulls.get([...keyOf(repository), pull]);
  if (!found) throw notFound();
  return found;
};

const commentIn = (asked: AskedOf): LineCommentRecord => {
  const comment = asked.room.lineComments.get([...keyOf(asked.repository), Number(asked.params[0])]);
  if (!comment) throw notFound();
  return comment;
};

const get: RepositoryRoute[1] = async (asked) => {
  const comment = commentIn(asked);
  return ok(await viewOf(asked, pullOf(asked, comment), comment));
};

const update: RepositoryRoute[1] = async (asked) => {
  const { room, repository } = asked;
  const before = commentIn(asked);
  const comment = { ...before, body: textIn(await readJson(asked), "body"), updatedAt: room.clock.now() };
  room.lineComments.put([...keyOf(repository), comment.id], comment);
  const pull = pullOf(asked, comment);
  await tellComment(asked, pull, comment, "edited");
  return ok(await viewOf(asked, pull, comment));
};

const remove: RepositoryRoute[1] = async (asked) => {
  const comment = commentIn(asked);
  asked.room.lineComments.delete([...keyOf(asked.repository), comment.id]);
  await tellComment(asked, pullOf(asked, comment), comment, "deleted");
  return nothing;
};

/** https://docs.github.com/en/rest/pulls/comments */
export const lineCommentRoutes: readonly RepositoryRoute[] = [
  ["GET /pulls/comments", listAll],
  ["GET /pulls/comments/*", get],
  ["PATCH /pulls/comments/*", update],
  ["DELETE /pulls/comments/*", remove],
  ["POST /pulls/*/comments", create],
  ["GET /pulls/*/comments", listOfPull],
  ["POST /pulls/*/comments/*/replies", reply],
  ["GET /pulls/*/reviews/*/comments", listOfReview],
];
