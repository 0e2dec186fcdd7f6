import { DAY_MS } from "../../kernel/clock.ts";
import type { UsagePlanRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** The day of a time, as usage is counted: `2026-01-31`. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Beside the days stands under this what was granted beyond the plan, as less used on the day on which it was. */
export const GRANTED = "granted";

/** How many requests a key has left in the plan's present period. AWS: a grant is for that alone, an offset for the first. */
export const quotaLeft = (room: Room, plan: UsagePlanRecord, keyId: string): number => {
  const { limit = 0, offset = 0 } = plan.quota ?? {};
  const { createdAt = Number.NEGATIVE_INFINITY } = plan;
  const start = periodStart(plan, room.clock.now());
  const used = [...room.usage.range({ prefix: [plan.id, keyId] })]
    .filter(({ value }) => value.day !== GRANTED && value.day >= dayOf(start))
    .reduce((sum, { value }) => sum + value.used, 0);
  return limit - (createdAt >= start ? offset : 0) - used;
};

export const countUse = (room: Room, plan: UsagePlanRecord, keyId: string): void => {
  const day = dayOf(room.clock.now());
  const key = [plan.id, keyId, day];
  room.usage.put(key, { day, used: (room.usage.get(key)?.used ?? 0) + 1 });
};

/** AWS: days, weeks from Sunday and months, in UTC. */
const periodStart = ({ quota }: UsagePlanRecord, now: number): number => {
  const day = now - (now % DAY_MS);
  const date = new Date(day);
  if (quota?.period === "WEEK") return day - date.getUTCDay() * DAY_MS;
  return quota?.period === "MONTH" ? day - (date.getUTCDate() - 1) * DAY_MS : day;
};
