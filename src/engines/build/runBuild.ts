import { rm } from "node:fs/promises";
import { known } from "../../kernel/errors.ts";
import { COMMAND_PHASES, type CommandPhase, type PhaseSpec } from "./buildspec/types.ts";
import { retriesAfter, runCommands } from "./commands.ts";
import { diskFull, guardDisk } from "./diskGuard.ts";
import { BuildTimedOut } from "./failure.ts";
import { type BuildLog, createBuildLog } from "./log.ts";
import type { BuildPorts } from "./ports.ts";
import { type PreparedBuild, prepareBuild } from "./prepare.ts";
import { createProgress, type Progress } from "./progress.ts";
import { type BuildShell, createBuildShell } from "./shell.ts";
import type { BuildSpec } from "./spec.ts";
import type { CompletedBuild, RunningBuild } from "./state.ts";
import { expand, uploadArtifacts } from "./upload.ts";
import { uploadReports } from "./uploadReports.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

/** What remains of a build besides its artifacts. */
export interface BuildOutcome {
  readonly state: CompletedBuild;
  readonly exportedVariables: Readonly<Record<string, string>>;
  readonly resolvedSourceVersion?: string;
}

/**
 * Runs a build that has been submitted, from its queue to its end. Every state is given to `ports.changed` as it comes.
 * Abort the signal with BuildStopRequested to stop it; with anything else to leave it as it is, when the cloud stops: then
 * this rejects with that reason. In every case its processes and its folder are gone afterwards.
 */
export const runBuild = async (
  spec: BuildSpec,
  submitted: RunningBuild,
  ports: BuildPorts,
  signal: AbortSignal,
): Promise<BuildOutcome> => {
  const ended = new AbortController();
  const end = AbortSignal.any([signal, ended.signal]);
  const over = new AbortController();
  void guardDisk(ports.machineClock, ports.freeBytes, over.signal, () => ended.abort(diskFull())).catch(ports.onFault);
  void timeOut(spec, ports, over.signal, () => ended.abort(new BuildTimedOut()));
  const log = createBuildLog(ports);
  try {
    return await run({ spec, ports, log, signal: end, progress: createProgress(submitted, ports, log, end) });
  } finally {
    over.abort();
    await ports.processes.killMarked(ports.directory);
    await rm(ports.directory, { recursive: true, force: true });
  }
};

interface Run {
  readonly spec: BuildSpec;
  readonly ports: BuildPorts;
  readonly log: BuildLog;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

const run = async (given: Run): Promise<BuildOutcome> => {
  const { spec, ports, log, signal, progress } = given;
  log.agent("Running on CodeBuild On-demand");
  log.agent("Waiting for agent ping");
  progress.leaveQueue();
  let prepared: PreparedBuild | undefined;
  let exportedVariables: Record<string, string> = {};
  let workspace: Workspace | undefined;
  await progress.pass("PROVISIONING", async () => {
    workspace = await createWorkspace(ports.directory, ports.ids);
  });
  const folders = known(workspace, "the workspace");
  await progress.phase("DOWNLOAD_SOURCE", async () => {
    prepared = await prepareBuild(spec, folders, ports, log, signal);
    ports.learned({ kind: "source", resolvedVersion: prepared.resolvedSourceVersion });
  });
  if (prepared && spec.readsBatch) ports.learned({ kind: "batch", batch: prepared.buildspec.batch });
  else if (prepared && ports.sandbox) await openSandbox(given, ports.sandbox, folders, prepared);
  else if (prepared) exportedVariables = await runPrepared(given, folders, prepared);
  await progress.pass("FINALIZING", async () => {
    await ports.processes.killMarked(ports.directory);
    if (!signal.aborted) await prepared?.cache?.keep();
    await ports.flushLog();
  });
  const resolved = prepared?.resolvedSourceVersion;
  return {
    state: progress.complete(),
    exportedVariables,
    ...(resolved === undefined ? {} : { resolvedSourceVersion: resolved }),
  };
};

const openSandbox = async (
  { signal, progress }: Run,
  sandbox: NonNullable<BuildPorts["sandbox"]>,
  { source }: Workspace,
  { environment }: PreparedBuild,
): Promise<void> => {
  await progress.phase("RUN_SANDBOX", () => sandbox({ cwd: source, environment }, signal));
};

/** The phases with commands, and the artifacts; gives the variables the buildspec exports. */
const runPrepared = async (
  given: Run,
  workspace: Workspace,
  prepared: PreparedBuild,
): Promise<Record<string, string>> => {
  const { spec, ports, log, signal, progress } = given;
  const shell = shellOf(given, workspace, prepared);
  try {
    const reached = await runCommandPhases(given, shell, prepared);
    const exported = signal.aborted ? {} : await readVariables(spec, shell, prepared);
    ports.learned({ kind: "exports", variables: exported });
    if (reached)
      await progress.phase("UPLOAD_ARTIFACTS", async () => {
        const { buildspec } = prepared;
        // Reports first: artifacts that are missing must not cost the results of the tests that would tell why.
        const reported = uploadReports(buildspec, workspace.source, (text) => expand(shell, text), ports, log, signal);
        const failure = await reported.then(() => undefined).catch((error: unknown) => error);
        await uploadArtifacts(spec, buildspec, workspace.source, shell, ports, log, signal);
        if (failure !== undefined) throw failure;
      });
    return exported;
  } finally {
    await shell.close();
  }
};

const shellOf = ({ ports, log, signal }: Run, workspace: Workspace, prepared: PreparedBuild): BuildShell =>
  createBuildShell({
    processes: ports.processes,
    ids: ports.ids,
    mask: ports.mask,
    cwd: workspace.source,
    env: prepared.environment,
    stateDirectory: workspace.state,
    isolated: prepared.buildspec.version === "0.1",
    marker: ports.directory,
    onOutput: log.output,
    signal,
  });

/** False when the build ends without its later phases. */
const runCommandPhases = async (
  { log, signal, progress, ports }: Run,
  shell: BuildShell,
  { buildspec, environment }: PreparedBuild,
): Promise<boolean> => {
  for (const name of COMMAND_PHASES) {
    const phase = buildspec.phases[name];
    const succeeded = await progress.phase(PHASE_TYPES[name], async () => {
      try {
        await runCommands(phase, shell, log, signal);
      } catch (error) {
        const times = phase && !signal.aborted ? retriesAfter(phase, error) : 0;
        if (times > 0) ports.learned({ kind: "retry", times });
        throw error;
      }
    });
    if (succeeded) continue;
    if (!signal.aborted && ports.atFailure)
      await ports.atFailure({
        cwd: await shell.capture(`printf %s "$PWD"`),
        exports: await shell.capture("export -p"),
      });
    if (signal.aborted || !continuesAfter(name, phase)) return false;
    // For shells yet to start, and for the one that runs.
    environment["CODEBUILD_BUILD_SUCCEEDING"] = "0";
    await shell.capture("export CODEBUILD_BUILD_SUCCEEDING=0");
  }
  return true;
};

const PHASE_TYPES = { install: "INSTALL", pre_build: "PRE_BUILD", build: "BUILD", post_build: "POST_BUILD" } as const;

/** AWS: POST_BUILD and the artifacts follow BUILD whether it failed or not; a failure before BUILD ends the build. */
const continuesAfter = (name: CommandPhase, phase: PhaseSpec | undefined): boolean => {
  if (phase?.onFailure?.action === "CONTINUE") return true;
  if (phase?.onFailure?.action === "ABORT") return false;
  return name === "build" || name === "post_build";
};

/** AWS: neither the secrets that a project names can be exported, nor variables that begin with `AWS_`. */
const readVariables = async (
  { variables }: BuildSpec,
  shell: BuildShell,
  { buildspec }: PreparedBuild,
): Promise<Record<string, string>> => {
  const secrets = variables.filter(({ type }) => type !== "PLAINTEXT").map(({ name }) => name);
  const values: Record<string, string> = {};
  for (const name of buildspec.exportedVariables) {
    if (/^(?!AWS_)[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !secrets.includes(name))
      values[name] = await shell.capture(`printf %s "\${${name}-}"`);
  }
  return values;
};

const timeOut = async (
  spec: BuildSpec,
  { machineClock }: BuildPorts,
  over: AbortSignal,
  act: () => void,
): Promise<void> => {
  try {
    await machineClock.sleep(spec.timeoutMs, over);
  } catch {
    return; // The build ended in time.
  }
  act();
};
