import { errorMessage, known } from "../../../kernel/errors.ts";
import type { Room } from "../room.ts";
import { lookAtInstance } from "./drift.ts";
import { applyInstance, cancelInstance, removeInstance } from "./instance.ts";
import type { OperationResult, StackSetOperationRecord } from "./records.ts";

/** Takes an operation on a stack set to its end: region by region, so many accounts at a time as it allows. */
export const runStackSetOperation = async (
  room: Room,
  stackSetId: string,
  operationId: string,
  stopping: AbortSignal,
): Promise<void> => {
  const operation = (): StackSetOperationRecord =>
    known(room.tables.stackSetOperations.get([stackSetId, operationId]), `the operation ${operationId}`);
  const change = (fields: Partial<StackSetOperationRecord>): void =>
    room.tables.stackSetOperations.put([stackSetId, operationId], { ...operation(), ...fields });
  if (operation().status === "QUEUED") change({ status: "RUNNING" });
  const { preferences } = operation();
  const regions = [...new Set(operation().results.map(({ region }) => region))];
  const groups = preferences.parallelRegions ? [regions] : regions.map((region) => [region]);
  for (const group of groups) {
    if (!goesOn(operation())) break;
    await Promise.all(group.map((region) => runRegion(room, { operation, change, stopping }, region)));
  }
  const end = operation();
  const failed = end.results.filter(({ status }) => status === "FAILED").length;
  const isStopped = end.status === "STOPPING";
  const reason = isStopped
    ? "Cancelled since the operation was stopped"
    : "Cancelled since failure tolerance has exceeded";
  const results = end.results.map((result) =>
    result.status === "PENDING" ? { ...result, status: "CANCELLED" as const, reason } : result,
  );
  for (const place of end.results) if (place.status === "PENDING") cancelInstance(room, end, place, reason);
  const isOver = regions.some((region) => isBeyond(end, region));
  change({
    results,
    endedAt: room.clock.now(),
    status: isStopped ? "STOPPED" : isOver ? "FAILED" : "SUCCEEDED",
    ...(failed > 0 ? { reason: `${failed} stack instance(s) failed` } : {}),
  });
  const stackSet = room.tables.stackSets.get(stackSetId);
  if (end.action === "DETECT_DRIFT" && stackSet !== undefined) {
    room.tables.stackSets.put(stackSetId, { ...stackSet, lastLookId: operationId });
  }
};

interface Run {
  readonly operation: () => StackSetOperationRecord;
  readonly change: (fields: Partial<StackSetOperationRecord>) => void;
  readonly stopping: AbortSignal;
}

const runRegion = async (room: Room, run: Run, region: string): Promise<void> => {
  const next = (): OperationResult | undefined =>
    goesOn(run.operation()) && !isBeyond(run.operation(), region)
      ? run.operation().results.find((result) => result.region === region && isOpen(result, taken))
      : undefined;
  const taken = new Set<string>();
  const worker = async (): Promise<void> => {
    for (let result = next(); result !== undefined; result = next()) {
      taken.add(result.account);
      await runOne(room, run, result);
    }
  };
  await Promise.all(Array.from({ length: concurrency(run.operation(), region) }, worker));
};

/** What runs when it begins was cut short by a crash, and is done again. */
const isOpen = ({ status, account }: OperationResult, taken: ReadonlySet<string>): boolean =>
  !taken.has(account) && (status === "PENDING" || status === "RUNNING");

const runOne = async (room: Room, { operation, change, stopping }: Run, { account, region }: OperationResult) => {
  const settle = (fields: Partial<OperationResult>): void =>
    change({
      results: operation().results.map((result) =>
        result.account === account && result.region === region ? { ...result, ...fields } : result,
      ),
    });
  settle({ status: "RUNNING" });
  try {
    const found = await WORK[operation().action](room, operation(), { account, region }, stopping);
    settle({ status: "SUCCEEDED", ...(found === undefined ? {} : { drift: found }) });
  } catch (error) {
    stopping.throwIfAborted();
    settle({ status: "FAILED", reason: errorMessage(error) });
  }
};

const WORK = {
  CREATE: applyInstance,
  UPDATE: applyInstance,
  DELETE: removeInstance,
  DETECT_DRIFT: lookAtInstance,
};

const goesOn = ({ status }: StackSetOperationRecord): boolean => status === "RUNNING";

/** Whether more instances of a region have failed than may. */
const isBeyond = ({ results, preferences }: StackSetOperationRecord, region: string): boolean => {
  const mine = results.filter((result) => result.region === region);
  const failed = mine.filter(({ status }) => status === "FAILED").length;
  const share = Math.floor((mine.length * (preferences.failureTolerancePercentage ?? 0)) / 100);
  return failed > (preferences.failureToleranceCount ?? share);
};

const concurrency = ({ results, preferences }: StackSetOperationRecord, region: string): number => {
  const accounts = results.filter((result) => result.region === region).length;
  const share = Math.max(1, Math.floor((accounts * (preferences.maxConcurrentPercentage ?? 0)) / 100));
  return Math.min(accounts, preferences.maxConcurrentCount ?? share);
};
