import { latestOf } from "../find.ts";
import { type GroupRecord, isActive } from "../records.ts";
import type { Room } from "../room.ts";
import { remember } from "./ledger.ts";

type GroupName = Pick<GroupRecord, "application" | "name">;

/** A group was renamed, or its application: what it has deployed goes with it, and so does what it deploys just now. */
export const moveDeployments = (room: Room, from: GroupName, to: GroupName): void => {
  const active = latestOf(room, from, isActive);
  if (active) room.deployments.put(active.id, { ...active, application: to.application, group: to.name });
  const prefix = [from.application, from.name];
  const ids = [...room.history.values({ prefix })];
  room.history.clear({ prefix });
  for (const id of ids) remember(room, to.application, to.name, id);
};

/** A group was deleted, or its application: what it deploys just now ends. */
export const endDeployments = (room: Room, group: GroupName, deleted: "application" | "group"): void => {
  const active = latestOf(room, group, isActive);
  if (!active) return;
  room.deployments.put(active.id, { ...active, deleted });
  room.bells.ring(active.id);
};
