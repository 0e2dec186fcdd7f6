import * as model from "@aws-sdk/client-eventbridge";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { askForTrail } from "./delivery/askForTrail.ts";
import { resumeAuthorizing } from "./delivery/authorize.ts";
import { resumeDeliveries } from "./delivery/deliver.ts";
import { resumeReplays } from "./delivery/replay.ts";
import { listen } from "./delivery/route.ts";
import { runScheduled } from "./delivery/scheduled.ts";
import { iam } from "./iam.ts";
import {
  createApiDestination,
  deleteApiDestination,
  describeApiDestination,
  listApiDestinations,
  updateApiDestination,
} from "./operations/apiDestinations.ts";
import { createArchive, deleteArchive, describeArchive, listArchives, updateArchive } from "./operations/archives.ts";
import {
  createEventBus,
  deleteEventBus,
  describeEventBus,
  listEventBuses,
  updateEventBus,
} from "./operations/buses.ts";
import {
  createConnection,
  deauthorizeConnection,
  deleteConnection,
  describeConnection,
  listConnections,
  updateConnection,
} from "./operations/connections.ts";
import { putEvents, testEventPattern } from "./operations/events.ts";
import { putPermission, removePermission } from "./operations/permissions.ts";
import { cancelReplay, describeReplay, listReplays, startReplay } from "./operations/replays.ts";
import { deleteRule, describeRule, disableRule, enableRule, listRules, putRule } from "./operations/rules.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { listRuleNamesByTarget, listTargetsByRule, putTargets, removeTargets } from "./operations/targets.ts";
import { apiDestinationType } from "./resources/apiDestination.ts";
import { archiveType } from "./resources/archive.ts";
import { connectionType } from "./resources/connection.ts";
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
    askForTrail(room);
    room.agenda.resume();
    return room;
  },
  operations: {
    CancelReplay: cancelReplay,
    CreateApiDestination: createApiDestination,
    CreateArchive: createArchive,
    CreateConnection: createConnection,
    CreateEventBus: createEventBus,
    DeauthorizeConnection: deauthorizeConnection,
    DeleteApiDestination: deleteApiDestination,
    DeleteArchive: deleteArchive,
    DeleteConnection: deleteConnection,
    DeleteEventBus: deleteEventBus,
    DeleteRule: deleteRule,
    DescribeApiDestination: describeApiDestination,
    DescribeArchive: describeArchive,
    DescribeConnection: describeConnection,
    DescribeEventBus: describeEventBus,
    DescribeReplay: describeReplay,
    DescribeRule: describeRule,
    DisableRule: disableRule,
    EnableRule: enableRule,
    ListApiDestinations: listApiDestinations,
    ListArchives: listArchives,
    ListConnections: listConnections,
    ListEventBuses: listEventBuses,
    ListReplays: listReplays,
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
    StartReplay: startReplay,
    TagResource: tagResource,
    TestEventPattern: testEventPattern,
    UntagResource: untagResource,
    UpdateApiDestination: updateApiDestination,
    UpdateArchive: updateArchive,
    UpdateConnection: updateConnection,
    UpdateEventBus: updateEventBus,
  },
  iam,
  resources: [apiDestinationType, archiveType, connectionType, eventBusPolicyType, eventBusType, ruleType],
  resume: (room) => {
    resumeAuthorizing(room);
    resumeReplays(room);
    resumeDeliveries(room);
  },
  close: async (room) => {
    room.stop();
    room.endAsking();
    room.agenda.close();
  },
});
