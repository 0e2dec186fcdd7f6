import { StateFailure } from "../../../engines/states/failure.ts";
import { known } from "../../../kernel/errors.ts";
import { MAX_MAP_CONCURRENCY } from "../limits.ts";
import type { ExecutionRecord, MapItemRecord, MapRunRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { announce } from "../run/announce.ts";
import { abortMapRun } from "../run/settle.ts";
import type { MapMeans } from "./means.ts";
import { isPastTolerance, withMoved } from "./tallies.ts";

/** Runs the children of a map run that have not ended, as many at a time as it says. Throws when more failed than it tolerates. */
export const runChildren = async (means: MapMeans, id: string): Promise<void> => {
  const { room, signal } = means;
  const bell = bellOf(id);
  const bugs: unknown[] = [];
  let running = 0;
  const begin = async (child: ExecutionRecord) => {
    running += 1;
    try {
      await means.runChild(child);
    } catch (error) {
      bugs.push(error);
    }
    running -= 1;
    room.bells.ring(bell);
  };
  const check = () => {
    signal.throwIfAborted();
    if (bugs.length > 0) throw bugs[0];
    if (isPastTolerance(recordOf(room, id))) throw pastTolerance();
  };
  const begun: Promise<void>[] = [];
  try {
    for (const index of unfinished(room, id)) {
      check();
      for (; running >= limitOf(recordOf(room, id)); check()) await room.bells.next(bell, signal);
      begun.push(begin(childOf(means, id, index)));
    }
    for (; running > 0; check()) await room.bells.next(bell, signal);
    check();
  } catch (error) {
    if (!signal.aborted) abortMapRun(room, id, "FAILED");
    throw error;
  } finally {
    await Promise.all(begun);
  }
};

/** What rings when a child of a map run has ended, or its limits have changed. */
export const bellOf = (id: string): string => `map run ${id}`;

const pastTolerance = () =>
  new StateFailure("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded");

const recordOf = (room: Room, id: string): MapRunRecord => known(room.mapRuns.get(id), `the map run ${id}`);

const limitOf = ({ maxConcurrency }: MapRunRecord): number =>
  Math.min(maxConcurrency || MAX_MAP_CONCURRENCY, MAX_MAP_CONCURRENCY);

const unfinished = (room: Room, id: string): number[] => {
  const indexes: number[] = [];
  let index = 0;
  for (const { ended } of room.mapItems.values({ prefix: [id] })) {
    if (!ended) indexes.push(index);
    index += 1;
  }
  return indexes;
};

/** The execution of one item: the one that a crash or a redrive left, or a new one. */
const childOf = ({ room, execution }: MapMeans, id: string, index: number): ExecutionRecord => {
  const { deps } = room;
  const item = known(room.mapItems.get([id, index]), `item ${index} of ${id}`);
  const run = recordOf(room, id);
  const left = item.execution === undefined ? undefined : room.executions.get(item.execution);
  const child = left ?? newChild(room, execution, run, item, index);
  if (item.isRunning) return child;
  deps.records.atomically(() => {
    room.executions.put(child.id, child);
    room.mapItems.put([id, index], { ...item, execution: child.id, isRunning: true });
    room.mapRuns.put(id, withMoved(run, "pending", "running", item.items));
  });
  announce(room, child);
  return child;
};

const newChild = (
  { deps }: Room,
  parent: ExecutionRecord,
  run: MapRunRecord,
  item: MapItemRecord,
  index: number,
): ExecutionRecord => {
  const name = deps.ids.uuid();
  const unique = run.executionType === "EXPRESS" ? `${run.id.split(":")[1] ?? ""}:` : "";
  return {
    id: `${run.machine}/${run.label}:${unique}${name}`,
    machine: run.machine,
    name,
    type: run.executionType,
    revisionId: run.revisionId,
    input: item.input,
    status: "RUNNING",
    startedAt: deps.clock.now(),
    redriveCount: 0,
    mapRun: { run: run.id, index, label: run.label, scope: run.scope },
    ...(parent.traceId === undefined ? {} : { traceId: parent.traceId }),
  };
};
