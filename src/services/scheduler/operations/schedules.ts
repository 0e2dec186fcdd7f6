import { isTimezone, parseSchedule } from "../../../engines/schedule/expression.ts";
import type { InputOf } from "../../../kernel/aws.ts";
import { openName, sealName } from "../../../kernel/paging.ts";
import { keyOf, scheduleNext } from "../delivery/due.ts";
import { invalid, scheduleExists } from "../errors.ts";
import { findGroup, findSchedule } from "../find.ts";
import { DEFAULT_PAGE_SIZE } from "../limits.ts";
import { DEFAULT_GROUP, type ScheduleRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkRole, readTarget } from "../target.ts";
import { scheduleSummary, scheduleView } from "../views.ts";

type Input = InputOf<typeof import("@aws-sdk/client-scheduler"), "CreateSchedule">;

export const createSchedule =
  (room: Room): Operation<"CreateSchedule"> =>
  async (ctx, input) => {
    const group = findGroup(room, input.GroupName).name;
    const known = room.schedules.get([group, input.Name]);
    // AWS: a repeated request is known by its token.
    if (known && (input.ClientToken === undefined || known.clientToken !== input.ClientToken)) {
      throw scheduleExists(input.Name);
    }
    if (known) return { ScheduleArn: known.arn };
    const settings = readSettings(input);
    const arn = ctx.arn(`schedule/${group}/${input.Name}`);
    await checkRole(ctx, arn, input.Target.RoleArn);
    const now = room.clock.now();
    const token = input.ClientToken === undefined ? {} : { clientToken: input.ClientToken };
    const made: ScheduleRecord = {
      name: input.Name,
      group,
      arn,
      ...settings,
      ...token,
      createdAt: now,
      changedAt: now,
    };
    scheduleNext(room, made, now - 1);
    return { ScheduleArn: arn };
  };

/** AWS: an update says everything anew; what it leaves out has its default again. */
export const updateSchedule =
  (room: Room): Operation<"UpdateSchedule"> =>
  async (ctx, input) => {
    const { name, group, arn, createdAt } = findSchedule(room, input.Name, input.GroupName);
    const settings = readSettings(input);
    await checkRole(ctx, arn, input.Target.RoleArn);
    const now = room.clock.now();
    scheduleNext(room, { name, group, arn, ...settings, createdAt, changedAt: now }, now);
    return { ScheduleArn: arn };
  };

export const getSchedule =
  (room: Room): Operation<"GetSchedule"> =>
  async (_ctx, { Name, GroupName }) =>
    scheduleView(findSchedule(room, Name, GroupName));

export const deleteSchedule =
  (room: Room): Operation<"DeleteSchedule"> =>
  async (_ctx, { Name, GroupName }) => {
    const schedule = findSchedule(room, Name, GroupName);
    room.schedules.delete([schedule.group, schedule.name]);
    room.agenda.clear(keyOf(schedule));
    return {};
  };

export const listSchedules =
  (room: Room): Operation<"ListSchedules"> =>
  async (_ctx, { GroupName, NamePrefix = "", State, NextToken, MaxResults = DEFAULT_PAGE_SIZE }) => {
    const after =
      NextToken === undefined ? undefined : openName(NextToken, () => invalid("Invalid NextToken.")).split("/");
    const found: ScheduleRecord[] = [];
    for (const { value } of room.schedules.range(after ? { gt: after } : {})) {
      const fits =
        (GroupName === undefined || value.group === GroupName) &&
        value.name.startsWith(NamePrefix) &&
        (State === undefined || value.enabled === (State === "ENABLED"));
      if (fits) found.push(value);
      if (found.length > MaxResults) break;
    }
    const page = found.slice(0, MaxResults);
    const last = found.length > page.length ? page.at(-1) : undefined;
    return {
      Schedules: page.map(scheduleSummary),
      ...(last ? { NextToken: sealName(keyOf(last)) } : {}),
    };
  };

const readSettings = (input: Omit<Input, "Name" | "GroupName">) => {
  const { ScheduleExpression, ScheduleExpressionTimezone = "UTC", StartDate, EndDate, FlexibleTimeWindow } = input;
  if (!isTimezone(ScheduleExpressionTimezone)) {
    throw invalid(`Invalid Schedule Expression Timezone ${ScheduleExpressionTimezone}.`);
  }
  if (!parseSchedule(ScheduleExpression, ScheduleExpressionTimezone)) {
    throw invalid(`Invalid Schedule Expression ${ScheduleExpression}.`);
  }
  if (StartDate && EndDate && StartDate >= EndDate) throw invalid("The StartDate must come before the EndDate.");
  const { Mode, MaximumWindowInMinutes } = FlexibleTimeWindow;
  if ((Mode === "FLEXIBLE") !== (MaximumWindowInMinutes !== undefined)) {
    throw invalid(
      Mode === "FLEXIBLE"
        ? "MaximumWindowInMinutes must be specified when Mode is FLEXIBLE."
        : "MaximumWindowInMinutes must not be specified when Mode is OFF.",
    );
  }
  return {
    expression: ScheduleExpression,
    timezone: ScheduleExpressionTimezone,
    ...(StartDate ? { startsAt: StartDate.getTime() } : {}),
    ...(EndDate ? { endsAt: EndDate.getTime() } : {}),
    ...(input.Description === undefined ? {} : { description: input.Description }),
    enabled: input.State !== "DISABLED",
    ...(input.KmsKeyArn === undefined ? {} : { kmsKey: input.KmsKeyArn }),
    target: readTarget(input.Target),
    windowMinutes: MaximumWindowInMinutes ?? 0,
    deleteAfterCompletion: input.ActionAfterCompletion === "DELETE",
  };
};

export const inGroup = (room: Room, group = DEFAULT_GROUP): readonly ScheduleRecord[] =>
  [...room.schedules.range({ prefix: [group] })].map(({ value }) => value);
