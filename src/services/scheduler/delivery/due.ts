import { nextRun, parseSchedule } from "../../../engines/schedule/expression.ts";
import type { InvocationRecord, ScheduleRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { startInvocation } from "./invoke.ts";

const MINUTE_MS = 60_000;

export const keyOf = ({ group, name }: Pick<ScheduleRecord, "group" | "name">): string => `${group}/${name}`;

/**
 * Puts a schedule on the agenda for its next time, or takes it off.
 * AWS: a rate without a start is due at once when the schedule is made.
 */
export const scheduleNext = (room: Room, schedule: ScheduleRecord, after: number): ScheduleRecord => {
  const { nextAt: _nextAt, ...rest } = schedule;
  const nextAt = schedule.enabled ? nextOf(schedule, after) : undefined;
  const changed = nextAt === undefined ? rest : { ...rest, nextAt };
  room.schedules.put([schedule.group, schedule.name], changed);
  if (nextAt === undefined) room.agenda.clear(keyOf(schedule));
  else room.agenda.set(keyOf(schedule), nextAt + delayWithin(room, schedule));
  return changed;
};

const nextOf = ({ expression, timezone, startsAt, endsAt, createdAt }: ScheduleRecord, after: number) => {
  const schedule = parseSchedule(expression, timezone);
  if (!schedule) return undefined;
  // AWS: a one-time schedule knows neither start nor end.
  if (schedule.kind === "at") return nextRun(schedule, after, createdAt);
  const from = Math.max(after, (startsAt ?? Number.NEGATIVE_INFINITY) - 1);
  const next = nextRun(schedule, from, startsAt ?? createdAt);
  return next !== undefined && (endsAt === undefined || next <= endsAt) ? next : undefined;
};

/** A random moment of the flexible window. */
const delayWithin = ({ ids }: Room, { windowMinutes }: ScheduleRecord): number =>
  windowMinutes === 0 ? 0 : ids.bytes(4).readUInt32BE() % (windowMinutes * MINUTE_MS);

/** Differs: times that passed while the cloud was stopped, or that its clock was moved over, count once. */
export const runDue = (room: Room, key: string): void => {
  const slash = key.indexOf("/");
  const schedule = room.schedules.get([key.slice(0, slash), key.slice(slash + 1)]);
  if (!schedule?.enabled) return;
  const now = room.clock.now();
  const invocation: InvocationRecord = {
    id: room.ids.uuid(),
    scheduleArn: schedule.arn,
    target: schedule.target,
    scheduledAt: schedule.nextAt ?? now,
    since: now,
    attempts: 0,
  };
  room.invocations.put(invocation.id, invocation);
  const { nextAt } = scheduleNext(room, schedule, Math.max(now, schedule.nextAt ?? now));
  if (nextAt === undefined && schedule.deleteAfterCompletion) room.schedules.delete([schedule.group, schedule.name]);
  startInvocation(room, invocation);
};
