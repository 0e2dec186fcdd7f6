import type { AlarmRecord, AlarmState } from "../records.ts";
import type { Room } from "../room.ts";
import { performActions } from "./actions.ts";
import { emitStateChange } from "./events.ts";
import { noteHistory, parsedReason, timeText } from "./history.ts";

/** A state with its reason, as of a time. */
export interface NewState {
  readonly state: AlarmState;
  readonly reason: string;
  readonly reasonData?: string | undefined;
  readonly at: number;
}

/** Moves an alarm to a state. When that is another than it was: history, event, and the actions of the new state. */
export const changeState = (
  room: Room,
  before: AlarmRecord,
  { state, reason, reasonData, at }: NewState,
): AlarmRecord => {
  const { stateReasonData: _old, ...rest } = before;
  const changed = before.state !== state;
  const after: AlarmRecord = {
    ...rest,
    state,
    stateReason: reason,
    ...(reasonData === undefined ? {} : { stateReasonData: reasonData }),
    stateUpdatedAt: at,
    stateChangedAt: changed ? at : before.stateChangedAt,
  };
  room.alarms.put(after.name, after);
  if (!changed) return after;
  const told = (alarm: AlarmRecord) => ({
    stateValue: alarm.state,
    stateReason: alarm.stateReason,
    ...(alarm.stateReasonData === undefined ? {} : { stateReasonData: parsedReason(alarm.stateReasonData) }),
  });
  noteHistory(room, after, {
    time: at,
    type: "StateUpdate",
    summary: `Alarm updated from ${before.state} to ${state}`,
    data: JSON.stringify({ version: "1.0", oldState: told(before), newState: told(after) }),
  });
  emitStateChange(room, before, after);
  if (after.kind === "metric") performActions(room, before, after);
  return after;
};

/** What DescribeAlarms shows of how a metric alarm came to its state. */
export const reasonDataOf = (details: {
  readonly at: number;
  readonly startAt: number | undefined;
  readonly statistic: string | undefined;
  readonly unit: string | undefined;
  readonly period: number;
  readonly recent: readonly number[];
  readonly threshold: number;
  readonly evaluated: readonly { readonly at: number; readonly value: number | undefined }[];
}): string =>
  JSON.stringify({
    version: "1.0",
    queryDate: timeText(details.at),
    ...(details.startAt === undefined ? {} : { startDate: timeText(details.startAt) }),
    ...(details.unit === undefined ? {} : { unit: details.unit }),
    ...(details.statistic === undefined ? {} : { statistic: details.statistic }),
    period: details.period,
    recentDatapoints: details.recent,
    threshold: details.threshold,
    evaluatedDatapoints: details.evaluated.map(({ at, value }) => ({
      timestamp: timeText(at),
      ...(value === undefined ? {} : { value }),
    })),
  });
