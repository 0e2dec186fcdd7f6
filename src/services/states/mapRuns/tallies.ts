import type { ExecutionStatus, MapRunRecord, Standing, Tally } from "../records.ts";

export const NONE: Tally = { pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0 };

/** A map run whose executions have all yet to begin. */
export const withPending = (record: MapRunRecord, executions: number, items: number): MapRunRecord => ({
  ...record,
  tallies: { executions: { ...NONE, pending: executions }, items: { ...NONE, pending: items } },
});

/** The same with one execution, and the items it holds, counted elsewhere. */
export const withMoved = (record: MapRunRecord, from: Standing, to: Standing, items: number): MapRunRecord => {
  const { executions = NONE, items: before = NONE } = record.tallies ?? {};
  return { ...record, tallies: { executions: moved(executions, from, to, 1), items: moved(before, from, to, items) } };
};

const moved = (tally: Tally, from: Standing, to: Standing, count: number): Tally => {
  const left = { ...tally, [from]: tally[from] - count };
  return { ...left, [to]: left[to] + count };
};

export const totalOf = (tally: Tally): number => Object.values(tally).reduce((sum, count) => sum + count, 0);

const STANDINGS: Readonly<Record<ExecutionStatus, Standing>> = {
  RUNNING: "running",
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  TIMED_OUT: "timedOut",
  ABORTED: "aborted",
};

export const standingOf = (status: ExecutionStatus): Standing => STANDINGS[status];

/** Whether more items failed than a map run puts up with. https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export const isPastTolerance = ({
  tallies,
  toleratedFailureCount: count,
  toleratedFailurePercentage: percentage,
}: MapRunRecord): boolean => {
  if (!tallies) return false;
  const failed = tallies.items.failed + tallies.items.timedOut;
  // AWS: the threshold that is not given does not count, and without either none may fail.
  if (count === undefined && percentage === undefined) return failed > 0;
  const share = (failed * 100) / Math.max(1, totalOf(tallies.items));
  return (count !== undefined && failed > count) || (percentage !== undefined && share > percentage);
};
