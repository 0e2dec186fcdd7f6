import { actorOf } from "../actor.ts";
import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { MAX_PULLS_LISTED } from "../limits.ts";
import { pageByPlace, sizeOf } from "../paging.ts";
import { findOpenPull, findPull } from "../pulls/find.ts";
import { closePull } from "../pulls/follow.ts";
import { pullView } from "../pulls/view.ts";
import type { Operation, Room } from "../room.ts";

export const getPullRequest =
  (room: Room): Operation<"GetPullRequest"> =>
  async (_ctx, { pullRequestId }) => ({ pullRequest: await pullView(room, findPull(room, pullRequestId)) });

/** AWS: the newest first. */
export const listPullRequests =
  (room: Room): Operation<"ListPullRequests"> =>
  async (_ctx, { repositoryName, authorArn, pullRequestStatus, maxResults, nextToken }) => {
    const size = sizeOf(maxResults, MAX_PULLS_LISTED);
    if (authorArn !== undefined && !authorArn.startsWith("arn:")) throw refusal("InvalidAuthorArn");
    const { id } = findRepository(room, repositoryName);
    const found = [...room.tables.pulls.values()].filter(
      (pull) =>
        pull.repositoryId === id &&
        (authorArn === undefined || pull.author === authorArn) &&
        (pullRequestStatus === undefined || pull.status === pullRequestStatus),
    );
    const { items, nextToken: next } = pageByPlace(found.reverse(), nextToken, size);
    return {
      pullRequestIds: items.map(({ number }) => String(number)),
      ...(next === undefined ? {} : { nextToken: next }),
    };
  };

export const updatePullRequestTitle =
  (room: Room): Operation<"UpdatePullRequestTitle"> =>
  async (_ctx, { pullRequestId, title }) => {
    const changed = { ...findOpenPull(room, pullRequestId), title, activeAt: room.clock.now() };
    room.tables.pulls.put(changed.number, changed);
    return { pullRequest: await pullView(room, changed) };
  };

export const updatePullRequestDescription =
  (room: Room): Operation<"UpdatePullRequestDescription"> =>
  async (_ctx, { pullRequestId, description }) => {
    const changed = { ...findOpenPull(room, pullRequestId), description, activeAt: room.clock.now() };
    room.tables.pulls.put(changed.number, changed);
    return { pullRequest: await pullView(room, changed) };
  };

export const updatePullRequestStatus =
  (room: Room): Operation<"UpdatePullRequestStatus"> =>
  async (ctx, { pullRequestId, pullRequestStatus }) => {
    const pull = findPull(room, pullRequestId);
    // AWS: what is closed stays closed.
    if (pullRequestStatus === "OPEN") throw refusal("InvalidPullRequestStatusUpdate");
    if (pull.status === "CLOSED") throw refusal("PullRequestAlreadyClosed");
    return { pullRequest: await pullView(room, closePull(room, pull, actorOf(ctx.principal, ctx.partition))) };
  };
