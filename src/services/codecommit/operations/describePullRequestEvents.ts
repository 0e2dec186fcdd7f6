import { refusal } from "../errors.ts";
import { MAX_PULLS_LISTED } from "../limits.ts";
import { pageByPlace, sizeOf } from "../paging.ts";
import { findPull } from "../pulls/find.ts";
import type { Operation, Room } from "../room.ts";

/** What happened to a pull request, in its order. */
export const describePullRequestEvents =
  (room: Room): Operation<"DescribePullRequestEvents"> =>
  async (_ctx, { pullRequestId, pullRequestEventType, actorArn, maxResults, nextToken }) => {
    const size = sizeOf(maxResults, MAX_PULLS_LISTED);
    if (actorArn !== undefined && !actorArn.startsWith("arn:")) throw refusal("InvalidActorArn");
    const { number } = findPull(room, pullRequestId);
    const found = [...room.tables.pullEvents.values({ prefix: [number] })].filter(
      ({ type, actor }) =>
        (pullRequestEventType === undefined || type === pullRequestEventType) &&
        (actorArn === undefined || actor === actorArn),
    );
    const { items, nextToken: next } = pageByPlace(found, nextToken, size);
    return {
      pullRequestEvents: items.map(({ type, at, actor, detail }) => ({
        pullRequestId,
        eventDate: new Date(at),
        pullRequestEventType: type,
        actorArn: actor,
        ...detail,
      })),
      ...(next === undefined ? {} : { nextToken: next }),
    };
  };
