import * as model from "@aws-sdk/client-scheduler";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { runDue } from "./delivery/due.ts";
import { resumeInvocations } from "./delivery/invoke.ts";
import { iam } from "./iam.ts";
import {
  createScheduleGroup,
  deleteScheduleGroup,
  getScheduleGroup,
  listScheduleGroups,
  listTagsForResource,
  tagResource,
  untagResource,
} from "./operations/groups.ts";
import { createSchedule, deleteSchedule, getSchedule, listSchedules, updateSchedule } from "./operations/schedules.ts";
import { scheduleType } from "./resources/schedule.ts";
import { scheduleGroupType } from "./resources/scheduleGroup.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon EventBridge Scheduler. */
export default defineService<Room, "scheduler">({
  name: "scheduler",
  model,
  scope: "region",
  constraints,
  open: (deps) => {
    const room = openRoom(deps, runDue);
    room.agenda.resume();
    return room;
  },
  operations: {
    CreateSchedule: createSchedule,
    CreateScheduleGroup: createScheduleGroup,
    DeleteSchedule: deleteSchedule,
    DeleteScheduleGroup: deleteScheduleGroup,
    GetSchedule: getSchedule,
    GetScheduleGroup: getScheduleGroup,
    ListScheduleGroups: listScheduleGroups,
    ListSchedules: listSchedules,
    ListTagsForResource: listTagsForResource,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateSchedule: updateSchedule,
  },
  iam,
  resources: [scheduleGroupType, scheduleType],
  resume: resumeInvocations,
  close: async (room) => room.agenda.close(),
});
