import type { RotationRulesType } from "@aws-sdk/client-secrets-manager";
import { nextRun, parseSchedule } from "../../../engines/schedule/expression.ts";
import { DAY_MS } from "../../../kernel/clock.ts";
import { invalidParameter } from "../errors.ts";
import type { RotationRules } from "../records.ts";

const HOUR_MS = 3_600_000;

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
export const rotationRules = (given: RotationRulesType): RotationRules => {
  const { AutomaticallyAfterDays: everyDays, ScheduleExpression: schedule, Duration: duration } = given;
  if (everyDays !== undefined && schedule !== undefined) {
    throw invalidParameter("You can't specify both AutomaticallyAfterDays and ScheduleExpression in RotationRules.");
  }
  const kind = schedule === undefined ? undefined : parseSchedule(schedule)?.kind;
  if (schedule !== undefined && kind !== "rate" && kind !== "cron") {
    throw invalidParameter(`Invalid ScheduleExpression: ${schedule}`);
  }
  return { everyDays, schedule, durationHours: duration === undefined ? undefined : Number.parseInt(duration, 10) };
};

/** When the next window for a rotation opens, counted from the last. AWS: windows of days open at midnight, UTC. */
export const nextWindow = ({ everyDays, schedule }: RotationRules, last: number): number | undefined => {
  if (everyDays !== undefined) return midnight(last + everyDays * DAY_MS);
  const parsed = schedule === undefined ? undefined : parseSchedule(schedule);
  const next = parsed && nextRun(parsed, last, last);
  if (next === undefined || parsed?.kind !== "rate") return next;
  return parsed.everyMs % DAY_MS === 0 ? midnight(next) : next;
};

/** AWS tells the end of the window as the date of the next rotation; one without a duration ends with its day. */
export const windowEnd = ({ durationHours }: RotationRules, opens: number): number =>
  durationHours === undefined ? midnight(opens) + DAY_MS - 1000 : opens + durationHours * HOUR_MS;

const midnight = (time: number): number => Math.floor(time / DAY_MS) * DAY_MS;
