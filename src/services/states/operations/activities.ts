import { activityArn, partsOf } from "../arns.ts";
import { findActivity, page } from "../find.ts";
import { checkName } from "../names.ts";
import type { ActivityRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { withTags } from "../tags.ts";
import { activityView } from "../views.ts";

/** AWS: an activity that is there already is answered as it is. */
export const createActivity =
  (room: Room): Operation<"CreateActivity"> =>
  async (_ctx, { name, tags }) => {
    checkName(name);
    const arn = activityArn(room.deps, name);
    const activity: ActivityRecord = room.activities.get(name) ?? {
      name,
      createdAt: room.deps.clock.now(),
      tags: withTags({}, tags, arn),
    };
    room.activities.put(name, activity);
    return { activityArn: arn, creationDate: new Date(activity.createdAt) };
  };

export const describeActivity =
  (room: Room): Operation<"DescribeActivity"> =>
  async (_ctx, input) =>
    activityView(room, findActivity(room, input.activityArn));

export const listActivities =
  (room: Room): Operation<"ListActivities"> =>
  async (_ctx, input) => {
    const { items, nextToken } = page(room.activities.values(), input);
    return { activities: items.map((activity) => activityView(room, activity)), nextToken };
  };

export const deleteActivity =
  (room: Room): Operation<"DeleteActivity"> =>
  async (_ctx, input) => {
    room.activities.delete(partsOf(input.activityArn, "activity").join(":"));
    return {};
  };
