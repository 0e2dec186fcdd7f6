import { findPipe } from "../find.ts";
import { change } from "../lifecycle/settle.ts";
import type { Operation, Room } from "../room.ts";
import { requested, stateView } from "../views.ts";

/** AWS: to start what runs, or to stop what does not, changes nothing. */
export const startPipe =
  (room: Room): Operation<"StartPipe"> =>
  async (_ctx, { Name }) => {
    const before = findPipe(room, Name);
    const pipe =
      before.state === "RUNNING" ? before : await change(room, { ...before, desiredState: "RUNNING" }, "STARTING");
    return { ...stateView(pipe), DesiredState: requested(pipe) };
  };

export const stopPipe =
  (room: Room): Operation<"StopPipe"> =>
  async (_ctx, { Name }) => {
    const before = findPipe(room, Name);
    const pipe =
      before.state === "STOPPED" ? before : await change(room, { ...before, desiredState: "STOPPED" }, "STOPPING");
    return { ...stateView(pipe), DesiredState: requested(pipe) };
  };

export const deletePipe =
  (room: Room): Operation<"DeletePipe"> =>
  async (_ctx, { Name }) => {
    const pipe = await change(room, { ...findPipe(room, Name), desiredState: "DELETED" }, "DELETING");
    return { ...stateView(pipe), DesiredState: "DELETED" };
  };
