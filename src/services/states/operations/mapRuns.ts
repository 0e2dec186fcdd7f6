import { executionArn, machineArn, mapRunArn, partsOf } from "../arns.ts";
import { invalid, noResource } from "../errors.ts";
import { findExecution, page } from "../find.ts";
import { bellOf } from "../mapRuns/children.ts";
import { totalOf } from "../mapRuns/tallies.ts";
import type { MapRunRecord, Tally } from "../records.ts";
import type { Operation, Room } from "../room.ts";

/** The map run of an ARN. Throws ResourceNotFound. */
export const findMapRun = (room: Room, arn: string): MapRunRecord => {
  const record = room.mapRuns.get(partsOf(arn, "mapRun").join(":"));
  if (!record) throw noResource(arn);
  return record;
};

export const describeMapRun =
  (room: Room): Operation<"DescribeMapRun"> =>
  async (_ctx, asked) => {
    const record = findMapRun(room, asked.mapRunArn);
    const { tallies, maxConcurrency, redriveCount, redrivenAt, status, areResultsWritten } = record;
    const counts = (tally: Tally | undefined) => {
      const known = tally ?? { pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0 };
      const total = totalOf(known);
      return { ...known, total, resultsWritten: areResultsWritten ? total - known.pending : 0 };
    };
    return {
      ...identity(room, record),
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

const identity = ({ deps }: Room, { id, execution, startedAt, stoppedAt }: MapRunRecord) => ({
  mapRunArn: mapRunArn(deps, id),
  executionArn: executionArn(deps, { id: execution, type: "STANDARD" }),
  startDate: new Date(startedAt),
  ...(stoppedAt === undefined ? {} : { stopDate: new Date(stoppedAt) }),
});

export const listMapRuns =
  (room: Room): Operation<"ListMapRuns"> =>
  async (_ctx, asked) => {
    const { id } = findExecution(room, asked.executionArn);
    const { items, nextToken } = page(room.mapRunsOf.values({ prefix: [id], reverse: true }), asked);
    const mapRuns = items.flatMap((run) => {
      const record = room.mapRuns.get(run);
      if (!record) return [];
      const stateMachineArn = machineArn(room.deps, `${record.machine}/${record.label}`);
      return [{ ...identity(room, record), stateMachineArn }];
    });
    return { mapRuns, nextToken };
  };

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
