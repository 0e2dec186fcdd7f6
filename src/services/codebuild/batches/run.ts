import { BuildStopRequested } from "../../../engines/build/failure.ts";
import type { EndStatus } from "../../../engines/build/phases.ts";
import { errorCode, errorMessage, known } from "../../../kernel/errors.ts";
import { stopBuildNow } from "../builds/run.ts";
import { assumeServiceRole, sessionNameOf } from "../builds/serviceRole.ts";
import { traceWithin } from "../builds/traces.ts";
import { DEFAULT_BATCH_BUILDS, DEFAULT_BATCH_TIMEOUT_MINUTES } from "../limits.ts";
import type { Room } from "../room.ts";
import { changeBatch } from "./change.ts";
import { combineArtifacts } from "./combine.ts";
import { BatchFailure } from "./failure.ts";
import { runGroups } from "./groups.ts";
import type { BatchPhaseType, BatchRecord } from "./records.ts";
import { readBatchspec } from "./spec.ts";
import { completeBatch, endBatchPhase, enterBatchPhase } from "./state.ts";

/** Sets a submitted batch going, in the background. */
export const runBatch = (room: Room, { id }: BatchRecord): void =>
  room.deps.tasks.spawn(`batch ${id}`, async (cloudEnds) => {
    const stop = new AbortController();
    const ended = drive(room, id, AbortSignal.any([stop.signal, cloudEnds]));
    room.runningBatches.set(id, { stop, ended: ended.catch(() => {}) });
    try {
      await ended;
    } finally {
      room.runningBatches.delete(id);
    }
  });

/** Fails a batch whose process ended with the cloud that ran it. Its builds fail by themselves. */
export const failLostBatch = (room: Room, { id }: BatchRecord): void => {
  const context = {
    statusCode: "INTERNAL_SERVICE_ERROR",
    message: "The batch ended with the process that ran it. Retry it, or the stage of its pipeline.",
  };
  changeBatch(room, id, (batch) => ({
    ...batch,
    state: completeBatch(batch.state, room.clock.now(), "FAULT", context),
    groups: batch.groups.map((group) =>
      group.current?.status === "IN_PROGRESS" ? { ...group, current: { ...group.current, status: "FAULT" } } : group,
    ),
  }));
};

const drive = async (room: Room, id: string, given: AbortSignal): Promise<void> => {
  const [over, tooLong] = [new AbortController(), new AbortController()];
  const batch = known(room.batches.get(id), `batch ${id}`);
  const minutes = batch.config.timeoutInMins ?? DEFAULT_BATCH_TIMEOUT_MINUTES;
  void room.clock
    .sleep(minutes * 60_000, over.signal)
    .then(() => tooLong.abort(new BatchFailure("TIMED_OUT", "BUILD_TIMED_OUT", "Build batch has timed out. ")))
    .catch(() => {}); // It ended in time.
  const signal = AbortSignal.any([given, tooLong.signal]);
  try {
    await runPhases(room, batch, signal);
    complete(room, id, "SUCCEEDED");
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error;
    if (given.aborted && !(reason instanceof BuildStopRequested)) return; // The cloud ends: failLostBatch follows.
    await endBuilds(room, id);
    if (reason instanceof BuildStopRequested) return complete(room, id, "STOPPED");
    if (reason instanceof BatchFailure) return complete(room, id, reason.status, reason);
    const statusCode = errorCode(reason);
    complete(room, id, statusCode === undefined ? "FAULT" : "FAILED", {
      statusCode: statusCode ?? "INTERNAL_SERVICE_ERROR",
      message: errorMessage(reason),
    });
    if (statusCode === undefined) throw reason;
  } finally {
    over.abort();
  }
};

/** The builds are started by the batch's own role: the builds' role must not be able to start more of them. */
const runPhases = async (room: Room, batch: BatchRecord, signal: AbortSignal): Promise<void> => {
  const { id, arn, config } = batch;
  const role = await assumeServiceRole(
    room,
    config.serviceRole ?? "",
    arn,
    sessionNameOf(arn),
    traceWithin(batch.traceId, id),
  );
  await phase(room, id, "DOWNLOAD_BATCHSPEC", async () => {
    await readBatchspec(room, role, id, signal);
    checkRestrictions(known(room.batches.get(id), `batch ${id}`));
  });
  await phase(room, id, "IN_PROGRESS", () => runGroups(room, role, id, signal));
  await phase(room, id, "COMBINE_ARTIFACTS", () => combineArtifacts(room, id));
};

const phase = async (room: Room, id: string, type: BatchPhaseType, work: () => Promise<void>): Promise<void> => {
  changeBatch(room, id, (batch) => ({ ...batch, state: enterBatchPhase(batch.state, room.clock.now(), type) }));
  await work();
  changeBatch(room, id, (batch) => ({ ...batch, state: endBatchPhase(batch.state, room.clock.now(), "SUCCEEDED") }));
};

const checkRestrictions = ({ config, groups, settings }: BatchRecord): void => {
  const { maximumBuildsAllowed = DEFAULT_BATCH_BUILDS, computeTypesAllowed = [] } = config.restrictions ?? {};
  // The build that only reads the buildspec does not count.
  const tasks = groups.slice(1).map(({ task }) => task);
  const refuse = (message: string) => new BatchFailure("FAILED", "CLIENT_ERROR", message);
  if (tasks.length > maximumBuildsAllowed)
    throw refuse(
      `The batch has ${tasks.length} builds, but the maximum number of builds allowed is ${maximumBuildsAllowed}`,
    );
  for (const { identifier, computeType = settings.environment.computeType } of tasks) {
    if (computeTypesAllowed.length > 0 && !computeTypesAllowed.includes(computeType))
      throw refuse(`Compute type ${computeType} of build ${identifier} is not allowed for the batch`);
  }
};

const complete = (
  room: Room,
  id: string,
  status: EndStatus,
  failure?: { readonly statusCode: string; readonly message: string },
): void => {
  const context = failure && { statusCode: failure.statusCode, message: failure.message };
  changeBatch(room, id, (batch) => ({
    ...batch,
    state: completeBatch(batch.state, room.clock.now(), status, context),
  }));
};

/** Stops what still runs, and waits until it has ended. */
const endBuilds = async (room: Room, id: string): Promise<void> => {
  const batch = known(room.batches.get(id), `batch ${id}`);
  for (const { current } of batch.groups) {
    const running = current && room.running.get(current.id);
    if (current) stopBuildNow(room, current.id);
    await running?.ended;
  }
  changeBatch(room, id, (now) => ({
    ...now,
    groups: now.groups.map((group) => {
      const build = group.current && room.builds.get(group.current.id);
      return build && group.current ? { ...group, current: { ...group.current, status: build.state.status } } : group;
    }),
  }));
};
