import { rm } from "node:fs/promises";
import { freeBytesAt } from "../../../engines/build/diskGuard.ts";
import { BuildFailure, BuildStopRequested } from "../../../engines/build/failure.ts";
import type { EndStatus, PhaseContext } from "../../../engines/build/phases.ts";
import type { BuildPorts } from "../../../engines/build/ports.ts";
import { runBuild } from "../../../engines/build/runBuild.ts";
import { abandon, type BuildState } from "../../../engines/build/state.ts";
import { machineClock } from "../../../engines/process/group.ts";
import { createSecretMask, type SecretMask } from "../../../engines/process/mask.ts";
import { errorMessage, known } from "../../../kernel/errors.ts";
import type { TemporaryCredentials } from "../../../kernel/service.ts";
import { DEFAULT_QUEUED_TIMEOUT_MINUTES } from "../limits.ts";
import type { BuildRecord } from "../records.ts";
import { fileReport } from "../reports/file.ts";
import type { Room } from "../room.ts";
import { holdSandbox } from "../sandboxes/hold.ts";
import { notApplied } from "../settings.ts";
import { announce } from "./announce.ts";
import { uploadArtifact } from "./artifacts.ts";
import { cacheDirectory, keyedCacheDirectory } from "./cacheDirectory.ts";
import { type CloudWatchLog, noLog, openCloudWatchLog } from "./cloudWatchLog.ts";
import { buildCommands } from "./commands.ts";
import { reportCommit, reportsEach } from "./commitStatus.ts";
import { buildVariables } from "./environment.ts";
import { gitCredentials } from "./gitCredentials.ts";
import { assumerOf } from "./managed.ts";
import { nodeRuntime } from "./nodeRuntime.ts";
import { openS3Log } from "./s3Log.ts";
import { s3LogPlace } from "./s3LogPlace.ts";
import { resolveParameters, resolveSecret } from "./secrets.ts";
import { assumeServiceRole, type ServiceRole, sessionNameOf } from "./serviceRole.ts";
import { fetchSource, readBuildspec } from "./source.ts";
import { specOf } from "./spec.ts";
import { tellTrace, traceWithin } from "./traces.ts";
import { workDirectory } from "./workDirectory.ts";

/** Sets a submitted build going, in the background. */
export const runSubmitted = (room: Room, { id }: BuildRecord, whenEnded: () => void): void =>
  room.deps.tasks.spawn(`build ${id}`, async (cloudEnds) => {
    const stop = new AbortController();
    const ended = run(room, id, AbortSignal.any([stop.signal, cloudEnds]));
    room.running.set(id, { stop, ended: ended.catch(() => {}) });
    try {
      await ended;
    } finally {
      room.running.delete(id);
    }
    if (!cloudEnds.aborted) whenEnded();
  });

/** AWS: a build that is asked to stop counts as stopped at once; its processes end a moment later. */
export const stopBuildNow = (room: Room, id: string): void => {
  endWith(room, id, "STOPPED", { statusCode: "", message: "" });
  room.running.get(id)?.stop.abort(new BuildStopRequested());
};

/** Fails a build whose process ended with the cloud that ran it, and removes what is left of it. */
export const failLost = (room: Room, build: BuildRecord): void => {
  endWith(room, build.id, "FAULT", {
    statusCode: "INTERNAL_SERVICE_ERROR",
    message: "The build ended with the process that ran it. Start it again, or retry the stage of its pipeline.",
  });
  room.deps.tasks.spawn(`clear ${build.id}`, async () => {
    const directory = workDirectory(room, build);
    await room.processes.killMarked(directory);
    await rm(directory, { recursive: true, force: true });
  });
};

/** Changes a build's record: persisted first, then announced. */
export const changeBuild = (room: Room, id: string, change: (build: BuildRecord) => BuildRecord): void => {
  const before = known(room.builds.get(id), `build ${id}`);
  const after = change(before);
  room.builds.put(after);
  announce(room, before, after);
  if (before.state.status === "IN_PROGRESS" && after.state.status !== "IN_PROGRESS") tellTrace(room, "Build", after);
  const isNews = before.resolvedSourceVersion === undefined || before.state.status !== after.state.status;
  if (isNews && after.resolvedSourceVersion !== undefined) reportBuild(room, after);
};

/** AWS: the builds of a batch are told of one by one where its project wants it so; otherwise the batch is. */
const reportBuild = (room: Room, build: BuildRecord): void => {
  const { batch, state, settings, webhookVariables, isSandbox } = build;
  if (isSandbox) return;
  if (batch && !reportsEach(settings)) return;
  reportCommit(room, {
    ...build,
    startedByPush: webhookVariables !== undefined,
    status: state.status,
    ...(batch ? { part: batch.identifier } : {}),
  });
};

const run = async (room: Room, id: string, signal: AbortSignal): Promise<void> => {
  let leave: (() => void) | undefined;
  try {
    leave = await enterGate(room, id, signal);
    await runInPlace(room, known(room.builds.get(id), `build ${id}`), signal);
  } catch (error) {
    if (signal.aborted && !(signal.reason instanceof BuildStopRequested)) return; // The cloud ends: failLost follows.
    if (signal.aborted) return endWith(room, id, "STOPPED", { statusCode: "", message: "" });
    if (error instanceof QueuedTooLong)
      return endWith(room, id, "TIMED_OUT", { statusCode: "BUILD_TIMED_OUT", message: error.message });
    if (error instanceof BuildFailure)
      return endWith(room, id, "FAILED", { statusCode: error.statusCode, message: error.message });
    endWith(room, id, "FAULT", { statusCode: "INTERNAL_SERVICE_ERROR", message: errorMessage(error) });
    throw error;
  } finally {
    leave?.();
  }
};

/** Waits for a place among the running builds, and no longer than the project lets it. */
const enterGate = async (room: Room, id: string, signal: AbortSignal): Promise<() => void> => {
  const place = room.gate.tryEnter();
  if (place) return place;
  const { settings } = known(room.builds.get(id), `build ${id}`);
  const minutes = settings.queuedTimeoutInMinutes ?? DEFAULT_QUEUED_TIMEOUT_MINUTES;
  const [over, tooLong] = [new AbortController(), new AbortController()];
  void room.clock
    .sleep(minutes * 60_000, over.signal)
    .then(() => tooLong.abort(new QueuedTooLong()))
    .catch(() => {}); // It has its place.
  try {
    return await room.gate.enter(AbortSignal.any([signal, tooLong.signal]));
  } finally {
    over.abort();
  }
};

/** The reason a build that waits too long for its place is given up with. */
class QueuedTooLong extends Error {
  constructor() {
    super("Build has timed out. ");
    this.name = "QueuedTooLong";
  }
}

/** AWS: a role that does not trust CodeBuild, or may not write the log, fails a build before anything runs. */
const runInPlace = async (room: Room, build: BuildRecord, signal: AbortSignal): Promise<void> => {
  const role = await serviceRoleOf(room, build);
  const log = await openLog(room, role, build);
  const mask = createSecretMask();
  const grant = await room.credentials.grant(() => masked(mask, room.deps.credentialsFor(role.principal)));
  for (const secret of grant.secrets) mask.add(secret);
  const ports = await portsOf(room, build, role, log, mask, grant.environment);
  try {
    const { state } = known(room.builds.get(build.id), `build ${build.id}`);
    for (const text of notApplied(build.settings)) log.line(text);
    if (state.status === "IN_PROGRESS") await runBuild(specOf(build, room.deps.region), state, ports, signal);
  } finally {
    grant.release();
  }
};

/** The log of CloudWatch, the one in S3, both or neither, as the project wants it. */
const openLog = async (room: Room, role: ServiceRole, build: BuildRecord): Promise<CloudWatchLog> => {
  const cloudWatch = build.log ? await openCloudWatchLog(role.ctx, room.clock, build, build.log) : noLog;
  const place = s3LogPlace(build.settings, build.id.split(":")[1] ?? "");
  if (!place) return cloudWatch;
  const inS3 = await openS3Log(role.ctx, build, place, workDirectory(room, build));
  return {
    line: (text) => {
      cloudWatch.line(text);
      inS3.line(text);
    },
    flush: async () => {
      await cloudWatch.flush();
      await inS3.flush();
    },
  };
};

/** What a build prints of its own credentials is hidden in its log like any other secret. */
const masked = (mask: SecretMask, credentials: TemporaryCredentials): TemporaryCredentials => {
  mask.add(credentials.secretAccessKey);
  mask.add(credentials.sessionToken);
  return credentials;
};

const serviceRoleOf = async (room: Room, build: BuildRecord): Promise<ServiceRole> => {
  const { settings, arn } = build;
  try {
    const { sourceArn, ...assumer } = await assumerOf(room, build);
    return await assumeServiceRole(room, settings.serviceRole, sourceArn, sessionNameOf(arn), {
      ...assumer,
      ...traceWithin(build.traceId, build.id),
    });
  } catch (error) {
    const message = `CodeBuild is not authorized to perform: sts:AssumeRole on ${settings.serviceRole}. Error message: ${errorMessage(error)}`;
    throw new BuildFailure("ACCESS_DENIED", message);
  }
};

const portsOf = async (
  room: Room,
  build: BuildRecord,
  role: ServiceRole,
  log: CloudWatchLog,
  mask: SecretMask,
  credentials: Readonly<Record<string, string>>,
): Promise<BuildPorts> => {
  const { id } = build;
  const directory = workDirectory(room, build);
  const keyed = keyedCacheDirectory(room, build.projectName, build.settings.cache);
  const change = (patch: Partial<BuildRecord>) => changeBuild(room, id, (record) => ({ ...record, ...patch }));
  return {
    clock: room.clock,
    machineClock,
    ids: room.ids,
    processes: room.processes,
    mask,
    fetchSource: (source, into, signal) => fetchSource(room, role, build, source, into, signal),
    readObject: (arn) => readBuildspec(role, arn),
    resolveParameters: (names) => resolveParameters(role.ctx, names),
    resolveSecret: (reference) => resolveSecret(role.ctx, reference),
    nodeRuntime: (major, tell, signal) => nodeRuntime(room, room.deps.workspace("runtimes"), major, tell, signal),
    report: (report) =>
      fileReport(room, role, build, report, directory, (arn) =>
        changeBuild(room, id, (record) => ({ ...record, reportArns: [...(record.reportArns ?? []), arn] })),
      ),
    gitCredentials: gitCredentials(room, specOf(build, room.deps.region).source),
    upload: async (artifact) => {
      const { location, digests } = await uploadArtifact(role.ctx, build, artifact, directory);
      const identifier = artifact.identifier ?? "";
      changeBuild(room, id, (record) => ({
        ...record,
        artifactLocations: { ...record.artifactLocations, [identifier]: location },
        ...(digests ? { artifactDigests: { ...record.artifactDigests, [identifier]: digests } } : {}),
      }));
    },
    ...(build.isSandbox
      ? { sandbox: (place, signal) => holdSandbox(room.openSandboxes, id, { place, mask, log: log.line }, signal) }
      : {}),
    freeBytes: () => freeBytesAt(room.deps.workspace("builds")),
    log: log.line,
    flushLog: log.flush,
    learned: (fact) => {
      if (fact.kind === "exports") change({ exportedVariables: fact.variables });
      else if (fact.kind === "retry") change({ retryLimit: fact.times });
      else if (fact.kind === "batch") room.batchSpecs.set(id, fact.batch);
      else if (fact.resolvedVersion !== undefined) change({ resolvedSourceVersion: fact.resolvedVersion });
    },
    changed: (state: BuildState) =>
      changeBuild(room, id, (record) => (record.state.status === "IN_PROGRESS" ? { ...record, state } : record)),
    onFault: (error) => room.deps.tasks.spawn(`build ${id}`, () => Promise.reject(error)),
    environment: { ...buildVariables(room), ...credentials },
    path: [await buildCommands(room)],
    directory,
    cacheDirectory: cacheDirectory(room, build.projectName),
    ...(keyed === undefined ? {} : { keyedCacheDirectory: keyed }),
  };
};

const endWith = (room: Room, id: string, status: EndStatus, context: PhaseContext): void =>
  changeBuild(room, id, (build) =>
    build.state.status === "IN_PROGRESS"
      ? { ...build, state: abandon(build.state, room.clock.now(), status, context) }
      : build,
  );
