import { DAY_MS } from "../../kernel/clock.ts";

/** AWS: days are counted in full and rounded up to the next midnight, UTC. */
export const midnightAfter = (since: number, days: number): number =>
  Math.ceil((since + days * DAY_MS) / DAY_MS) * DAY_MS;
