import type { UsagePlanRecord } from "./records.ts";
import type { Room } from "./room.ts";

const DAY_MS = 86_400_000;

/** The day of a time, as usage is counted: `2026-01-31`. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** Under this day stands what was granted beyond the plan. */
export const GRANTED = "granted";

/** How many requests a key has left in the plan's present period. */
export const quotaLeft = (room: Room, plan: UsagePlanRecord, keyId: string): number => {
  const { limit = 0, offset = 0 } = plan.quota ?? {};
  const start = periodStart(plan, room.clock.now());
  const used = [...room.usage.range({ prefix: [plan.id, keyId] })]
    .filter(({ value }) => value.day !== GRANTED && value.day >= dayOf(start))
    .reduce((sum, { value }) => sum + value.used, 0);
  const granted = room.usage.get([plan.id, keyId, GRANTED])?.used ?? 0;
  return limit - offset - used + granted;
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
