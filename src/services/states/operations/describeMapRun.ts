import { findMapRun, identityView } from "../mapRuns/find.ts";
import { NONE, totalOf } from "../mapRuns/tallies.ts";
import type { Tally } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const describeMapRun =
  (room: Room): Operation<"DescribeMapRun"> =>
  async (_ctx, asked) => {
    const record = findMapRun(room, asked.mapRunArn);
    const { tallies, maxConcurrency, redriveCount, redrivenAt, status } = record;
    const counts = (tally: Tally = NONE) => {
      // AWS: what a Map itself answers counts as written, too.
      const total = totalOf(tally);
      return { ...tally, total, resultsWritten: total - tally.pending - tally.running };
    };
    return {
      ...identityView(room, record),
      status,
      maxConcurrency,
      toleratedFailurePercentage: record.toleratedFailurePercentage ?? 0,
      toleratedFailureCount: record.toleratedFailureCount ?? 0,
      itemCounts: counts(tallies?.items),
      executionCounts: counts(tallies?.executions),
      redriveCount,
      ...(redrivenAt === undefined ? {} : { redriveDate: new Date(redrivenAt) }),
    };
  };
