import { systemProcesses } from "../../engines/process/system.ts";
import type { RoomDeps } from "../../kernel/service.ts";
import { takePush } from "./events/takePush.ts";
import { openTables } from "./records.ts";
import { opened, type Room } from "./room.ts";

export const openRoom = (deps: RoomDeps): Room => {
  const room: Room = {
    deps,
    clock: deps.clock,
    ids: deps.ids,
    tables: openTables(deps.records),
    making: new Set(),
    processes: systemProcesses({ clock: deps.clock }),
    stopListening: deps.events.subscribe((event) => takePush(room, event)),
  };
  opened.add(room);
  return room;
};

export const closeRoom = async ({ stopListening, processes }: Room): Promise<void> => {
  stopListening();
  await processes[Symbol.asyncDispose]();
};
