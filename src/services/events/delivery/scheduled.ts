import { nextRun, parseSchedule } from "../../../engines/schedule/expression.ts";
import { DEFAULT_BUS, type RuleRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { sendToTargets } from "./route.ts";
import { eventDocument } from "./transform.ts";

/** Puts a rule on the agenda for its next time, or takes it off. Only rules of the default bus have a schedule. */
export const scheduleNext = (room: Pick<Room, "agenda" | "clock">, rule: RuleRecord): void => {
  if (rule.bus !== DEFAULT_BUS) return;
  const due = rule.enabled ? nextOf(rule, room.clock.now()) : undefined;
  if (due === undefined) room.agenda.clear(rule.name);
  else room.agenda.set(rule.name, due);
};

/** Differs: times that passed while the cloud was stopped, or that its clock was moved over, count once. */
export const runScheduled = (room: Room, name: string, dueAt: number): void => {
  const rule = room.rules.get([DEFAULT_BUS, name]);
  if (!rule?.enabled) return;
  const document = eventDocument({
    id: room.ids.uuid(),
    time: dueAt,
    source: "aws.events",
    detailType: "Scheduled Event",
    account: room.account,
    region: room.region,
    resources: [rule.arn],
    detail: {},
  });
  sendToTargets(room, rule, document);
  scheduleNext(room, rule);
};

const nextOf = ({ scheduleExpression, startsAt = 0 }: RuleRecord, now: number): number | undefined => {
  const schedule = scheduleExpression === undefined ? undefined : parseSchedule(scheduleExpression);
  return schedule && nextRun(schedule, now, startsAt);
};
