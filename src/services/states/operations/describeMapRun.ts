import { findMapRun, identityView } from "../mapRuns/find.ts";
import { NONE, totalOf } from "../mapRuns/tallies.ts";
import type { Tally } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const describeMapRun =
  (room: Room): Operation<"DescribeMapRun"> =>
  async (_ctx, asked) => {
    const record = findMapRun(room, asked.mapRunArn);
    const { tallies, maxConcurrency, redriveCount, redrivenAt, status, areResultsWritten } = record;
    const counts = (tally: Tally = NONE) => {
      const total = totalOf(tally);
      return { ...tally, total, resultsWritten: areResultsWritten ? total - tally.pending : 0 };
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
