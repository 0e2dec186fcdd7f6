import { groupNotFound, scheduleNotFound } from "./errors.ts";
import { DEFAULT_GROUP, type GroupRecord, type ScheduleRecord } from "./records.ts";
import type { Room } from "./room.ts";

type Parts = Pick<Room, "groups" | "schedules" | "partition" | "region" | "account">;

/** The group of that name. The default one is there without having been made. */
export const findGroup = (room: Parts, name = DEFAULT_GROUP): GroupRecord => {
  const found = room.groups.get(name);
  if (found) return found;
  if (name !== DEFAULT_GROUP) throw groupNotFound(name);
  const arn = `arn:${room.partition}:scheduler:${room.region}:${room.account}:schedule-group/${name}`;
  return { name, arn, createdAt: 0, changedAt: 0, tags: [] };
};

export const findSchedule = (room: Parts, name: string, group = DEFAULT_GROUP): ScheduleRecord => {
  const found = room.schedules.get([group, name]);
  if (!found) throw scheduleNotFound(name);
  return found;
};
