import { TRAIL_EVENT } from "../../../kernel/events.ts";
import { DEFAULT_BUS } from "../records.ts";
import type { Room } from "../room.ts";

/** Has services tell of calls as CloudTrail would, as long as a rule's pattern names that: for nobody it is not done. */
export const askForTrail = (room: Pick<Room, "rules" | "events" | "endAsking">): void => {
  room.endAsking();
  const rules = [...room.rules.values({ prefix: [DEFAULT_BUS] })];
  const asks = rules.some(({ enabled, eventPattern }) => enabled && eventPattern?.includes(TRAIL_EVENT));
  room.endAsking = asks ? room.events.ask(TRAIL_EVENT) : () => {};
};
