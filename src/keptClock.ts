import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { type Clock, type ClockReading, systemClock } from "./kernel/clock.ts";

/** The machine's clock, moved as it was left: who advanced or stopped it does not see its time run backwards at a restart. */
export interface KeptClock {
  readonly clock: Clock;
  /** While no process runs, time passes as the machine's does. */
  close(): void;
}

/** Opens the clock that a file keeps; one that was never moved leaves none. */
export const openClock = (path: string | undefined, scale: number): KeptClock => {
  if (path === undefined) return { clock: systemClock({ scale }), close: () => {} };
  const keep = (reading: ClockReading) => {
    writeFileSync(`${path}.new`, JSON.stringify(reading));
    renameSync(`${path}.new`, path);
  };
  const from: ClockReading | undefined = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  const clock = systemClock({ scale, onSet: keep, ...(from ? { from } : {}) });
  const reading = (rate: number): ClockReading => ({ time: clock.now(), since: Date.now(), rate });
  const isMoved = scale !== 1 || from !== undefined;
  // One that runs faster is ahead of the machine's with every second: a kill is to leave that, too.
  if (isMoved) keep(reading(clock.rate()));
  return { clock, close: () => (isMoved ? keep(reading(clock.rate() === 0 ? 0 : 1)) : undefined) };
};
