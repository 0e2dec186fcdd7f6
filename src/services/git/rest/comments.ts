import { keyOf } from "../../../engines/git/place.ts";
import type { CommentRecord } from "../records.ts";
import { nextNumber } from "../room.ts";
import { tell } from "../webhooks/events.ts";
import { type AskedOf, created, notFound, nothing, ok, type RepositoryRoute } from "./api.ts";
import { resolveCommit } from "./commits.ts";
import { optionalTextIn, readJson, textIn } from "./input.ts";
import { paged } from "./paging.ts";
import { pullIn } from "./pullIn.ts";
import { addressesOf, isoTime, nodeId, OWNER_LOGIN, userView } from "./views.ts";

type Kind = CommentRecord["kind"];

/** What each kind of comment is on, by the first thing an address names, and the event that tells of it. */
const KINDS = {
  commit: {
    event: "commit_comment",
    subject: (asked: AskedOf) => resolveCommit(asked, asked.params[0] ?? ""),
  },
  pull: {
    event: "issue_comment",
    subject: async (asked: AskedOf) => String(pullIn(asked).number),
  },
} as const;

const commentView = ({ room, repository }: AskedOf, comment: CommentRecord) => {
  const { api, html } = addressesOf(room, repository);
  const { id, kind, subject, body, path, position, createdAt, updatedAt } = comment;
  const { login = OWNER_LOGIN } = comment;
  const place =
    kind === "commit"
      ? {
          url: `${api}/comments/${id}`,
          html_url: `${html}/commit/${subject}#commitcomment-${id}`,
          commit_id: subject,
          path: path ?? null,
          position: position ?? null,
          line: null,
        }
      : {
          url: `${api}/issues/comments/${id}`,
          html_url: `${html}/pull/${subject}#issuecomment-${id}`,
          issue_url: `${api}/issues/${subject}`,
        };
  return {
    ...place,
    id,
    node_id: nodeId(kind === "commit" ? "CommitComment" : "IssueComment", id),
    body,
    user: userView(room, login),
    author_association: "OWNER",
    created_at: isoTime(createdAt),
    updated_at: isoTime(updatedAt),
  };
};

const create =
  (kind: Kind): RepositoryRoute[1] =>
  async (asked) => {
    const { room, repository } = asked;
    const body = await readJson(asked);
    const now = room.clock.now();
    const path = optionalTextIn(body, "path");
    const position = body["position"];
    const comment: CommentRecord = {
      id: nextNumber(room, "comments"),
      kind,
      subject: await KINDS[kind].subject(asked),
      login: asked.caller.login,
      body: textIn(body, "body"),
      ...(path === undefined ? {} : { path }),
      ...(typeof position === "number" ? { position } : {}),
      createdAt: now,
      updatedAt: now,
    };
    room.comments.put([...keyOf(repository), comment.id], comment);
    await tell(room, repository, KINDS[kind].event, "created", () => ({ comment: commentView(asked, comment) }));
    return created(commentView(asked, comment));
  };

const commentsOf = ({ room, repository }: AskedOf, kind: Kind): readonly CommentRecord[] =>
  [...room.comments.values({ prefix: keyOf(repository) })].filter((comment) => comment.kind === kind);

const list =
  (kind: Kind): RepositoryRoute[1] =>
  async (asked) => {
    const subject = await KINDS[kind].subject(asked);
    const all = commentsOf(asked, kind).filter((comment) => comment.subject === subject);
    return paged(asked, all, (comment) => commentView(asked, comment));
  };

const listAll =
  (kind: Kind): RepositoryRoute[1] =>
  async (asked) =>
    paged(asked, commentsOf(asked, kind), (comment) => commentView(asked, comment));

const commentIn = ({ room, repository, params }: AskedOf, kind: Kind): CommentRecord => {
  const comment = room.comments.get([...keyOf(repository), Number(params[0])]);
  if (comment?.kind !== kind) throw notFound();
  return comment;
};

const get =
  (kind: Kind): RepositoryRoute[1] =>
  async (asked) =>
    ok(commentView(asked, commentIn(asked, kind)));

const update =
  (kind: Kind): RepositoryRoute[1] =>
  async (asked) => {
    const { room, repository } = asked;
    const before = commentIn(asked, kind);
    const comment = { ...before, body: textIn(await readJson(asked), "body"), updatedAt: room.clock.now() };
    room.comments.put([...keyOf(repository), comment.id], comment);
    return ok(commentView(asked, comment));
  };

const remove =
  (kind: Kind): RepositoryRoute[1] =>
  async (asked) => {
    const { id } = commentIn(asked, kind);
    asked.room.comments.delete([...keyOf(asked.repository), id]);
    return nothing;
  };

/** https://docs.github.com/en/rest/commits/comments and /issues/comments: pull requests are the only issues here. */
export const commentRoutes: readonly RepositoryRoute[] = [
  ["POST /commits/**/comments", create("commit")],
  ["GET /commits/**/comments", list("commit")],
  ["GET /comments", listAll("commit")],
  ["GET /comments/*", get("commit")],
  ["PATCH /comments/*", update("commit")],
  ["DELETE /comments/*", remove("commit")],
  ["POST /issues/*/comments", create("pull")],
  ["GET /issues/*/comments", list("pull")],
  ["GET /issues/comments", listAll("pull")],
  ["GET /issues/comments/*", get("pull")],
  ["PATCH /issues/comments/*", update("pull")],
  ["DELETE /issues/comments/*", remove("pull")],
];
