import type { Room } from "../room.ts";
import { cellOf } from "./cell.ts";
import { add } from "./series.ts";

/** Puts away what the cloud's own services recorded since the last time: before anything is read, and each minute. */
export const gather = (room: Room): void => {
  for (const { series, minute, values } of room.metrics.drain(room.account, room.region)) {
    add(room, series, { at: minute, unit: series.unit, cell: cellOf(values), isHighResolution: false });
  }
};
