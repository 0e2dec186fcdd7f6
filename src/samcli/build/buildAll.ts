import { availableParallelism } from "node:os";
import { type BuildGround, buildUnit } from "./buildUnit.ts";
import type { Unit } from "./unit.ts";

/** Builds one after the other, or as many at once as the machine has cores. The first failure ends it. */
export const buildAll = async (units: readonly Unit[], ground: BuildGround, inParallel: boolean): Promise<void> => {
  const left = [...units];
  const work = async () => {
    for (let unit = left.shift(); unit; unit = left.shift()) await buildUnit(unit, ground);
  };
  const workers = inParallel ? availableParallelism() : 1;
  const ends = await Promise.allSettled(Array.from({ length: workers }, work));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
};
