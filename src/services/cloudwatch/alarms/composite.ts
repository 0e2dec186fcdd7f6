import { parseArn } from "../../../kernel/arn.ts";
import type { AlarmRecord, AlarmState, CompositeAlarmRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { performActions } from "./actions.ts";
import { changeState } from "./change.ts";
import { timeText } from "./history.ts";
import { alarmsIn, holds, parseRule } from "./rule.ts";

/** The name in a name or an ARN. */
export const alarmNameIn = (reference: string): string =>
  parseArn(reference)?.resource.replace(/^alarm:/, "") ?? reference;

/** Composites may look at composites: so many rounds and no more, for AWS lets them look at each other. */
const MAX_ROUNDS = 10;

/** Moves composite alarms to where their rules put them, until nothing moves. */
export const evaluateComposites = (room: Room, at: number): void => {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let moved = false;
    for (const { value } of room.alarms.range()) {
      if (value.kind === "composite" && evaluateComposite(room, value, at)) moved = true;
    }
    if (!moved) return;
  }
};

const stateIn =
  ({ alarms }: Pick<Room, "alarms">) =>
  (reference: string): AlarmState | undefined =>
    alarms.get(alarmNameIn(reference))?.state;

/** The state that a rule comes to. */
const stateOfRule = (room: Pick<Room, "alarms">, rule: string): AlarmState =>
  holds(parseRule(rule), stateIn(room)) ? "ALARM" : "OK";

/** How a new composite begins. AWS: all that its rule names has brought it there. */
export const initialState = (room: Room, arn: string, rule: string) => {
  const state = stateOfRule(room, rule);
  return {
    state,
    stateReason: `${arn} was created and its alarm rule evaluates to ${state}`,
    stateReasonData: triggeringText(childrenOf(room, rule)),
  };
};

/** The alarms that a rule names, each once. */
const childrenOf = ({ alarms }: Pick<Room, "alarms">, rule: string): readonly AlarmRecord[] =>
  [...new Set(alarmsIn(parseRule(rule)).map(alarmNameIn))].flatMap((name) => alarms.get(name) ?? []);

const triggeringText = (alarms: readonly AlarmRecord[]): string =>
  JSON.stringify({
    triggeringAlarms: alarms.map(({ arn, state, stateChangedAt }) => ({
      arn,
      state: { value: state, timestamp: timeText(stateChangedAt) },
    })),
  });

const evaluateComposite = (room: Room, alarm: CompositeAlarmRecord, at: number): boolean => {
  const state = stateOfRule(room, alarm.rule);
  if (state === alarm.state) {
    reviewSuppression(room, alarm, at);
    return false;
  }
  const children = childrenOf(room, alarm.rule);
  const latest = [...children].sort((a, b) => b.stateChangedAt - a.stateChangedAt)[0];
  // AWS: what triggers it are those that changed last, whatever state they came to.
  const triggering = children.filter(({ stateChangedAt }) => stateChangedAt === latest?.stateChangedAt);
  const after = changeState(room, alarm, {
    state,
    at,
    reason: latest ? transitionText(latest) : `${alarm.arn} rule evaluates to ${state}`,
    reasonData: triggeringText(triggering),
  });
  if (after.kind === "composite") act(room, alarm, after, at);
  return true;
};

const transitionText = ({ arn, state, stateChangedAt }: AlarmRecord): string =>
  `${arn} transitioned to ${state} at ${longTime(stateChangedAt)}`;

/** `Friday 21 August, 2020 16:07:24 UTC` */
const longTime = (at: number): string => {
  const date = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleDateString("en-US", { timeZone: "UTC", ...options });
  return `${part({ weekday: "long" })} ${date.getUTCDate()} ${part({ month: "long" })}, ${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} UTC`;
};

/** Actions at once, or suppressed. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html */
const act = (room: Room, before: AlarmRecord, after: CompositeAlarmRecord, at: number): void => {
  const { suppressor } = after;
  if (!suppressor || after.state === "OK") {
    if (suppressor && after.suppressedBy !== undefined) {
      // AWS: who was not told of the alarm is not told of its end.
      room.alarms.put(after.name, freed(after));
      return;
    }
    performActions(room, before, after);
    return;
  }
  const isSuppressed = stateIn(room)(suppressor.alarm) === "ALARM";
  const by = isSuppressed ? "Alarm" : "WaitPeriod";
  room.alarms.put(after.name, { ...after, suppressedBy: by, suppressedReason: reasonOf(by), suppressedSince: at });
};

const reasonOf = (by: NonNullable<CompositeAlarmRecord["suppressedBy"]>): string =>
  ({
    Alarm: "Actions suppressed: the suppressor alarm is in ALARM state",
    WaitPeriod: "Actions suppressed by WaitPeriod",
    ExtensionPeriod: "Actions suppressed by ExtensionPeriod",
  })[by];

const freed = (alarm: CompositeAlarmRecord): CompositeAlarmRecord => {
  const { suppressedBy: _by, suppressedReason: _reason, suppressedSince: _since, ...rest } = alarm;
  return rest;
};

const reviewSuppression = (room: Room, alarm: CompositeAlarmRecord, at: number): void => {
  const { suppressor, suppressedBy, suppressedSince = at } = alarm;
  if (!suppressor || suppressedBy === undefined) return;
  const isOn = stateIn(room)(suppressor.alarm) === "ALARM";
  const put = (by: NonNullable<CompositeAlarmRecord["suppressedBy"]>) =>
    room.alarms.put(alarm.name, { ...alarm, suppressedBy: by, suppressedReason: reasonOf(by), suppressedSince: at });
  if (isOn) {
    if (suppressedBy !== "Alarm") put("Alarm");
    return;
  }
  if (suppressedBy === "Alarm") {
    put("ExtensionPeriod");
    return;
  }
  const seconds = suppressedBy === "WaitPeriod" ? suppressor.waitSeconds : suppressor.extensionSeconds;
  if (at - suppressedSince < seconds * 1000) return;
  const told = freed(alarm);
  room.alarms.put(told.name, told);
  performActions(room, { ...told, state: "OK" }, told);
};
