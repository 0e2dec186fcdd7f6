import { invalid } from "../errors.ts";
import { bellOf } from "../mapRuns/children.ts";
import { findMapRun } from "../mapRuns/find.ts";
import type { Operation, Room } from "../room.ts";

export const updateMapRun =
  (room: Room): Operation<"UpdateMapRun"> =>
  async (_ctx, asked) => {
    const record = findMapRun(room, asked.mapRunArn);
    const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = asked;
    if (record.status !== "RUNNING") throw invalid("Map Run has already completed");
    room.mapRuns.put(record.id, {
      ...record,
      ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
      ...(toleratedFailureCount === undefined ? {} : { toleratedFailureCount }),
      ...(toleratedFailurePercentage === undefined ? {} : { toleratedFailurePercentage }),
    });
    room.bells.ring(bellOf(record.id));
    return {};
  };
