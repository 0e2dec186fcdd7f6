import { BuildStopRequested } from "../../../engines/build/failure.ts";
import type { EndStatus } from "../../../engines/build/phases.ts";
import { known } from "../../../kernel/errors.ts";
import type { ServiceRole } from "../builds/serviceRole.ts";
import type { Room } from "../room.ts";
import { changeBatch } from "./change.ts";
import { BatchFailure } from "./failure.ts";
import type { BatchGroup, BatchRecord } from "./records.ts";
import { startTask } from "./startTask.ts";

/**
 * Runs the builds of a batch, each as soon as those it depends on have succeeded; how many at once is the room's to say.
 * Throws BatchFailure when one failed whose failure counts.
 */
export const runGroups = async (room: Room, role: ServiceRole, id: string, signal: AbortSignal): Promise<void> => {
  const underWay = new Map<string, Promise<string>>();
  for (;;) {
    signal.throwIfAborted();
    const batch = known(room.batches.get(id), `batch ${id}`);
    const failed = batch.groups.filter(hasFailed);
    if (failed.length > 0 && batch.fastFail) {
      await stopOthers(room, batch);
      throw buildsFailed(failed);
    }
    for (const group of batch.groups) if (mayStart(group, batch)) underWay.set(...(await start(room, role, id, group)));
    if (underWay.size === 0) {
      if (failed.length > 0) throw buildsFailed(failed);
      return;
    }
    underWay.delete(await Promise.race([...underWay.values(), aborted(signal)]));
  }
};

const hasFailed = ({ current, task }: BatchGroup): boolean =>
  current !== undefined && isFailure(current.status) && !task.ignoreFailure;

const isFailure = (status: string): boolean => status !== "IN_PROGRESS" && status !== "SUCCEEDED";

/** A failure that is ignored stands in nobody's way; one that counts keeps all that depend on it from starting. */
const mayStart = ({ current, task }: BatchGroup, { groups }: BatchRecord): boolean =>
  current === undefined &&
  task.dependsOn.every((name) => {
    const before = groups.find((group) => group.task.identifier === name);
    const status = before?.current?.status;
    return (
      status === "SUCCEEDED" ||
      (status !== undefined && status !== "IN_PROGRESS" && before?.task.ignoreFailure === true)
    );
  });

/** The identifier of a group, and the promise of it once its build has ended. */
const start = async (
  room: Room,
  role: ServiceRole,
  id: string,
  group: BatchGroup,
): Promise<[string, Promise<string>]> => {
  const { identifier } = group.task;
  const buildId = await startTask(room, role, id, group.task, false);
  const ended = (room.running.get(buildId)?.ended ?? Promise.resolve()).then(() => {
    const status = room.builds.get(buildId)?.state.status ?? "FAULT";
    setStatus(room, id, identifier, status === "IN_PROGRESS" ? "FAULT" : status);
    return identifier;
  });
  return [identifier, ended];
};

export const setStatus = (room: Room, id: string, identifier: string, status: EndStatus): void =>
  void changeBatch(room, id, (batch) => ({
    ...batch,
    groups: batch.groups.map((group) =>
      group.task.identifier === identifier && group.current
        ? { ...group, current: { ...group.current, status } }
        : group,
    ),
  }));

const stopOthers = async (room: Room, { groups }: BatchRecord): Promise<void> => {
  for (const { current } of groups) {
    const running = current && room.running.get(current.id);
    running?.stop.abort(new BuildStopRequested());
    await running?.ended;
  }
};

const buildsFailed = (failed: readonly BatchGroup[]) =>
  new BatchFailure(
    "FAILED",
    "BATCH_BUILD_FAILED",
    `Builds failed: ${failed.map(({ task }) => task.identifier).join(", ")}`,
  );

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
