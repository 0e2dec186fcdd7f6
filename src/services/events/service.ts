import * as model from "@aws-sdk/client-eventbridge";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { resumeDeliveries } from "./delivery/deliver.ts";
import { listen } from "./delivery/route.ts";
import { runScheduled } from "./delivery/scheduled.ts";
import { iam } from "./iam.ts";
import { createArchive, deleteArchive, describeArchive, listArchives, updateArchive } from "./operations/archives.ts";
import {
  createEventBus,
  deleteEventBus,
  describeEventBus,
  listEventBuses,
  updateEventBus,
} from "./operations/buses.ts";
import { putEvents, testEventPattern } from "./operations/events.ts";
import { putPermission, removePermission } from "./operations/permissions.ts";
import { deleteRule, describeRule, disableRule, enableRule, listRules, putRule } from "./operations/rules.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { listRuleNamesByTarget, listTargetsByRule, putTargets, removeTargets } from "./operations/targets.ts";
import { archiveType } from "./resources/archive.ts";
import { eventBusType } from "./resources/eventBus.ts";
import { eventBusPolicyType } from "./resources/eventBusPolicy.ts";
import { ruleType } from "./resources/rule.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon EventBridge. */
export default defineService<Room, "events">({
  name: "events",
  model,
  scope: "region",
  constraints,
  open: (deps) => {
    const room = openRoom(deps, runScheduled);
    listen(room);
    room.agenda.resume();
    return room;
  },
  operations: {
    CreateArchive: createArchive,
    CreateEventBus: createEventBus,
    DeleteArchive: deleteArchive,
    DeleteEventBus: deleteEventBus,
    DeleteRule: deleteRule,
    DescribeArchive: describeArchive,
    DescribeEventBus: describeEventBus,
    DescribeRule: describeRule,
    DisableRule: disableRule,
    EnableRule: enableRule,
    ListArchives: listArchives,
    ListEventBuses: listEventBuses,
    ListRuleNamesByTarget: listRuleNamesByTarget,
    ListRules: listRules,
    ListTagsForResource: listTagsForResource,
    ListTargetsByRule: listTargetsByRule,
    PutEvents: putEvents,
    PutPermission: putPermission,
    PutRule: putRule,
    PutTargets: putTargets,
    RemovePermission: removePermission,
    RemoveTargets: removeTargets,
    TagResource: tagResource,
    TestEventPattern: testEventPattern,
    UntagResource: untagResource,
    UpdateArchive: updateArchive,
    UpdateEventBus: updateEventBus,
  },
  iam,
  resources: [archiveType, eventBusPolicyType, eventBusType, ruleType],
  resume: resumeDeliveries,
  close: async (room) => {
    room.stop();
    room.agenda.close();
  },
});
