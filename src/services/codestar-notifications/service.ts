import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { listen } from "./deliver.ts";
import { iam } from "./iam.ts";
import { model } from "./model.ts";
import {
  createNotificationRule,
  deleteNotificationRule,
  describeNotificationRule,
  listEventTypes,
  listNotificationRules,
  updateNotificationRule,
} from "./operations/rules.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { deleteTarget, listTargets, subscribe, unsubscribe } from "./operations/targets.ts";
import { notificationRuleType } from "./resources/notificationRule.ts";
import { openRoom, type Room } from "./room.ts";

/** AWS CodeStar Notifications: notification rules on pipelines, builds and deployments. */
export default defineService<Room, "codestar-notifications">({
  name: "codestar-notifications",
  // The schemas stand in for a client's; its commands are known as types alone.
  model,
  scope: "region",
  constraints,
  open: (deps) => {
    const room = openRoom(deps);
    listen(room);
    return room;
  },
  operations: {
    CreateNotificationRule: createNotificationRule,
    DeleteNotificationRule: deleteNotificationRule,
    DeleteTarget: deleteTarget,
    DescribeNotificationRule: describeNotificationRule,
    ListEventTypes: listEventTypes,
    ListNotificationRules: listNotificationRules,
    ListTagsForResource: listTagsForResource,
    ListTargets: listTargets,
    Subscribe: subscribe,
    TagResource: tagResource,
    Unsubscribe: unsubscribe,
    UntagResource: untagResource,
    UpdateNotificationRule: updateNotificationRule,
  },
  iam,
  resources: [notificationRuleType],
  close: async (room) => room.stop(),
});
