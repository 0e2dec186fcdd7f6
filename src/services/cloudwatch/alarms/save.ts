import type { Context } from "../../../kernel/context.ts";
import { validationError } from "../errors.ts";
import { MAX_TAGS } from "../limits.ts";
import type { AlarmRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { emitConfigurationChange } from "./events.ts";
import { noteHistory } from "./history.ts";
import { watch } from "./watch.ts";

/** What an alarm keeps when its configuration is put again, and what a new one begins with. */
export type Base = Pick<
  AlarmRecord,
  | "name"
  | "arn"
  | "configuredAt"
  | "state"
  | "stateReason"
  | "stateReasonData"
  | "stateUpdatedAt"
  | "stateChangedAt"
  | "tags"
>;

/** Makes an alarm, or gives one another configuration; its state stays. AWS: tags count only when it is made. */
export const saveAlarm = (
  room: Room,
  ctx: Context,
  name: string,
  tags: Readonly<Record<string, string>>,
  configure: (base: Base) => AlarmRecord,
): AlarmRecord => {
  const now = room.clock.now();
  const before = room.alarms.get(name);
  if (Object.keys(tags).length > MAX_TAGS) throw validationError(`An alarm can have at most ${MAX_TAGS} tags.`);
  const alarm = configure({
    name,
    arn: ctx.arn("alarm", name),
    configuredAt: now,
    state: before?.state ?? "INSUFFICIENT_DATA",
    stateReason: before?.stateReason ?? "Unchecked: Initial alarm creation",
    ...(before?.stateReasonData === undefined ? {} : { stateReasonData: before.stateReasonData }),
    stateUpdatedAt: before?.stateUpdatedAt ?? now,
    stateChangedAt: before?.stateChangedAt ?? now,
    tags: before?.tags ?? tags,
  });
  if (before && before.kind !== alarm.kind)
    throw validationError(`An alarm with the name ${name} exists already and is of another type.`);
  room.alarms.put(name, alarm);
  noteConfiguration(room, alarm, before);
  emitConfigurationChange(room, before ? "update" : "create", alarm, before);
  watch(room);
  return alarm;
};

const noteConfiguration = (room: Room, alarm: AlarmRecord, before: AlarmRecord | undefined): void =>
  noteHistory(room, alarm, {
    time: room.clock.now(),
    type: "ConfigurationUpdate",
    summary: `Alarm "${alarm.name}" ${before ? "updated" : "created"}`,
    data: JSON.stringify({
      version: "1.0",
      type: before ? "Update" : "Create",
      [before ? "updatedAlarm" : "createdAlarm"]: configurationOf(alarm),
      ...(before ? { originalUpdatedFields: configurationOf(before) } : {}),
    }),
  });

const configurationOf = ({ state, tags: _tags, ...alarm }: AlarmRecord) => ({ ...alarm, stateValue: state });
