import { changeState } from "../alarms/change.ts";
import { evaluateComposites } from "../alarms/composite.ts";
import { emitConfigurationChange } from "../alarms/events.ts";
import { noteHistory } from "../alarms/history.ts";
import { catchUp } from "../alarms/watch.ts";
import { invalidFormat, noAlarm, validationError } from "../errors.ts";
import { HISTORY_PER_PAGE } from "../limits.ts";
import { page } from "../paging.ts";
import type { HistoryRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const setAlarmState =
  (room: Room): Operation<"SetAlarmState"> =>
  async (_ctx, input) => {
    catchUp(room);
    const alarm = room.alarms.get(input.AlarmName);
    if (!alarm) throw noAlarm();
    const { StateReasonData: reasonData } = input;
    if (reasonData !== undefined) checkJson(reasonData);
    const at = room.clock.now();
    changeState(room, alarm, { state: input.StateValue, reason: input.StateReason, reasonData, at });
    evaluateComposites(room, at);
    return {};
  };

const checkJson = (text: string): void => {
  try {
    JSON.parse(text);
  } catch {
    throw invalidFormat("StateReasonData was not valid JSON");
  }
};

/** AWS: alarms that are not there are passed over. */
const setActions =
  (actionsEnabled: boolean) =>
  (room: Room): Operation<"EnableAlarmActions"> =>
  async (_ctx, input) => {
    for (const name of input.AlarmNames) {
      const alarm = room.alarms.get(name);
      if (!alarm || alarm.actionsEnabled === actionsEnabled) continue;
      room.alarms.put(name, { ...alarm, actionsEnabled });
      noteHistory(room, alarm, {
        time: room.clock.now(),
        type: "ConfigurationUpdate",
        summary: `Alarm actions ${actionsEnabled ? "enabled" : "disabled"} for ${name}`,
        data: JSON.stringify({ version: "1.0", type: "Update", updatedAlarm: { actionsEnabled } }),
      });
    }
    return {};
  };

export const enableAlarmActions = setActions(true);
export const disableAlarmActions = setActions(false);

export const deleteAlarms =
  (room: Room): Operation<"DeleteAlarms"> =>
  async (_ctx, { AlarmNames }) => {
    const alarms = AlarmNames.flatMap((name) => {
      const alarm = room.alarms.get(name);
      return alarm ? [alarm] : [];
    });
    if (alarms.filter(({ kind }) => kind === "composite").length > 1)
      throw validationError("You can delete only one composite alarm in one operation.");
    for (const alarm of alarms) {
      room.alarms.delete(alarm.name);
      noteHistory(room, alarm, {
        time: room.clock.now(),
        type: "ConfigurationUpdate",
        summary: `Alarm "${alarm.name}" deleted`,
        data: JSON.stringify({ version: "1.0", type: "Delete", deletedAlarm: { alarmName: alarm.name } }),
      });
      emitConfigurationChange(room, "delete", alarm);
    }
    return {};
  };

export const describeAlarmHistory =
  (room: Room): Operation<"DescribeAlarmHistory"> =>
  async (_ctx, input) => {
    catchUp(room);
    const types: readonly string[] = input.AlarmTypes ?? ["MetricAlarm", "CompositeAlarm"];
    const [from, to] = [input.StartDate?.getTime() ?? 0, input.EndDate?.getTime() ?? Number.POSITIVE_INFINITY];
    const wanted = ({ alarm, kind, type, time }: HistoryRecord) =>
      (input.AlarmName === undefined || alarm === input.AlarmName) &&
      types.includes(kind === "metric" ? "MetricAlarm" : "CompositeAlarm") &&
      (input.HistoryItemType === undefined || type === input.HistoryItemType) &&
      time >= from &&
      time <= to;
    const entries = [...room.history.range({ reverse: input.ScanBy !== "TimestampAscending" })].filter(({ value }) =>
      wanted(value),
    );
    const { items, nextToken } = page(
      entries,
      ({ key }) => JSON.stringify(key),
      input.NextToken,
      input.MaxRecords ?? HISTORY_PER_PAGE,
    );
    return {
      AlarmHistoryItems: items.map(({ value }) => historyView(value)),
      ...(nextToken === undefined ? {} : { NextToken: nextToken }),
    };
  };

const historyView = ({ alarm, kind, time, type, summary, data }: HistoryRecord) => ({
  AlarmName: alarm,
  AlarmType: kind === "metric" ? ("MetricAlarm" as const) : ("CompositeAlarm" as const),
  Timestamp: new Date(time),
  HistoryItemType: type,
  HistorySummary: summary,
  HistoryData: data,
});
