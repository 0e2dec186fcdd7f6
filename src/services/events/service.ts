import * as model from "@aws-sdk/client-eventbridge";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { resumeDeliveries } from "./delivery/deliver.ts";
import { listen } from "./delivery/route.ts";
import { iam } from "./iam.ts";
import { createEventBus, deleteEventBus, describeEventBus, listEventBuses } from "./operations/buses.ts";
import { putEvents, testEventPattern } from "./operations/events.ts";
import {
  deleteRule,
  describeRule,
  disableRule,
  enableRule,
  listRules,
  listTargetsByRule,
  putRule,
  putTargets,
  removeTargets,
} from "./operations/rules.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { eventBusType } from "./resources/eventBus.ts";
import { ruleType } from "./resources/rule.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon EventBridge. */
export default defineService<Room, "events">({
  name: "events",
  model,
  scope: "region",
  constraints,
  open: (deps) => {
    const room = openRoom(deps);
    listen(room);
    return room;
  },
  operations: {
    CreateEventBus: createEventBus,
    DeleteEventBus: deleteEventBus,
    DeleteRule: deleteRule,
    DescribeEventBus: describeEventBus,
    DescribeRule: describeRule,
    DisableRule: disableRule,
    EnableRule: enableRule,
    ListEventBuses: listEventBuses,
    ListRules: listRules,
    ListTagsForResource: listTagsForResource,
    ListTargetsByRule: listTargetsByRule,
    PutEvents: putEvents,
    PutRule: putRule,
    PutTargets: putTargets,
    RemoveTargets: removeTargets,
    TagResource: tagResource,
    TestEventPattern: testEventPattern,
    UntagResource: untagResource,
  },
  iam,
  resources: [ruleType, eventBusType],
  resume: resumeDeliveries,
  close: async (room) => room.stop(),
});
