import type { MapInput } from "../../../engines/states/model.ts";
import type { Room } from "../room.ts";
import { withPending } from "./tallies.ts";

/** Writes down what the children of a map run are given. */
export const loadItems = (room: Room, id: string, inputs: readonly MapInput[]): void =>
  room.deps.records.atomically(() => {
    for (const [index, input] of inputs.entries()) room.mapItems.put([id, index], input);
    const record = room.mapRuns.get(id);
    const items = inputs.reduce((sum, input) => sum + input.items, 0);
    if (record) room.mapRuns.put(id, withPending(record, inputs.length, items));
  });
