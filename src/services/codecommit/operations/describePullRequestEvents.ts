import { mergeBase } from "../../../engines/git/commits.ts";
import { refusal } from "../errors.ts";
import { MAX_PULLS_LISTED } from "../limits.ts";
import { pageByPlace, sizeOf } from "../paging.ts";
import { placeOf } from "../place.ts";
import { findPull, repositoryOf } from "../pulls/find.ts";
import type { PullEventRecord, PullRecord } from "../pulls/records.ts";
import type { Operation, Room } from "../room.ts";

/** What happened to a pull request, in its order. */
export const describePullRequestEvents =
  (room: Room): Operation<"DescribePullRequestEvents"> =>
  async (_ctx, { pullRequestId, pullRequestEventType, actorArn, maxResults, nextToken }) => {
    const size = sizeOf(maxResults, MAX_PULLS_LISTED);
    if (actorArn !== undefined && !actorArn.startsWith("arn:")) throw refusal("InvalidActorArn");
    const pull = findPull(room, pullRequestId);
    const { number } = pull;
    const found = [...room.tables.pullEvents.values({ prefix: [number] })].filter(
      ({ type, actor }) =>
        (pullRequestEventType === undefined || type === pullRequestEventType) &&
        (actorArn === undefined || actor === actorArn),
    );
    const { items, nextToken: next } = pageByPlace(found, nextToken, size);
    return {
      pullRequestEvents: await Promise.all(items.map((event) => eventView(room, pull, event))),
      ...(next === undefined ? {} : { nextToken: next }),
    };
  };

const eventView = async (room: Room, pull: PullRecord, { type, at, actor, detail, sides }: PullEventRecord) => {
  const place = placeOf(room, repositoryOf(room, pull));
  const parted = sides && (await mergeBase(room, place, sides.source, sides.destination));
  return {
    pullRequestId: String(pull.number),
    eventDate: new Date(at),
    pullRequestEventType: type,
    actorArn: actor,
    ...(parted === undefined ? detail : withBase(detail, parted)),
  };
};

/** What an event tells stands in one member, which is named after it. */
const withBase = (detail: object, base: string): object =>
  Object.fromEntries(Object.entries(detail).map(([name, told]) => [name, { ...told, mergeBase: base }]));
