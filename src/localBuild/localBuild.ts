import { cp, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { freeBytesAt } from "../engines/build/diskGuard.ts";
import type { BuildPorts, FailedPlace } from "../engines/build/ports.ts";
import { runBuild } from "../engines/build/runBuild.ts";
import type { BuildSpec, BuildVariable } from "../engines/build/spec.ts";
import { submit } from "../engines/build/state.ts";
import { machineClock } from "../engines/process/group.ts";
import { createSecretMask } from "../engines/process/mask.ts";
import { npmEnvironment } from "../engines/process/npm.ts";
import { systemProcesses } from "../engines/process/system.ts";
import { randomIds } from "../kernel/ids.ts";
import { writeCommands } from "../services/codebuild/builds/commands.ts";
import { nodeRuntime } from "../services/codebuild/builds/nodeRuntime.ts";
import { reportLine } from "./reportLine.ts";
import { copyWorkingTree } from "./workingTree.ts";

/** A build on this machine, of the working tree as it is. */
export interface LocalBuild {
  readonly folder: string;
  readonly buildspec: BuildSpec["buildspec"];
  readonly projectName: string;
  readonly variables: readonly BuildVariable[];
  readonly region: string;
  /** How the cloud is reached, where one runs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where runtimes and the build's own folder may be. */
  readonly workspace: string;
  /** Where artifacts are put; they are only counted without. */
  readonly artifactsInto?: string;
  readonly readObject: BuildPorts["readObject"];
  readonly resolveParameters: BuildPorts["resolveParameters"];
  readonly resolveSecret: BuildPorts["resolveSecret"];
  readonly say: (line: string) => void;
  readonly atFailure?: (place: FailedPlace) => Promise<void>;
}

/** How a build on this machine ended, and what went wrong in it first. */
export interface LocalEnd {
  readonly status: string;
  readonly failure?: string;
}

/** Runs it to its end through the engine that runs builds in the cloud. */
export const buildLocally = async (build: LocalBuild, signal: AbortSignal): Promise<LocalEnd> => {
  await using processes = systemProcesses({ clock: machineClock });
  const ids = randomIds();
  const commands = join(build.workspace, "commands");
  await writeCommands(ids, commands);
  const submitted = submit(machineClock.now());
  const { state } = await runBuild(
    specOf(build, ids.uuid()),
    submitted,
    portsOf(build, processes, ids, commands),
    signal,
  );
  // What fails later, such as artifacts that are not there, follows from what failed first.
  const failed = state.phases.find(({ end }) => end !== undefined && end.status !== "SUCCEEDED");
  const message = failed?.end?.contexts?.[0]?.message;
  return { status: state.status, ...(failed && message ? { failure: `${failed.type}: ${message}` } : {}) };
};

const portsOf = (
  build: LocalBuild,
  processes: ReturnType<typeof systemProcesses>,
  ids: ReturnType<typeof randomIds>,
  commands: string,
): BuildPorts => ({
  clock: machineClock,
  machineClock,
  ids,
  processes,
  mask: createSecretMask(),
  fetchSource: async (_source, into) => {
    await copyWorkingTree(build.folder, into);
    return {};
  },
  readObject: build.readObject,
  resolveParameters: build.resolveParameters,
  resolveSecret: build.resolveSecret,
  nodeRuntime: (major, tell, ends) =>
    nodeRuntime({ processes, ids, runtimes: new Map() }, join(build.workspace, "runtimes"), major, tell, ends),
  report: async (report) => build.say(await reportLine(report)),
  upload: async ({ identifier = "primary", files }) => {
    build.say(`Artifact ${identifier}: ${files.length} file(s)`);
    if (build.artifactsInto === undefined) return;
    for (const { path, name } of files) {
      const to = join(build.artifactsInto, identifier, name);
      await mkdir(dirname(to), { recursive: true });
      await cp(path, to, { verbatimSymlinks: true });
    }
  },
  freeBytes: () => freeBytesAt(build.workspace),
  log: build.say,
  flushLog: async () => {},
  learned: () => {},
  changed: () => {},
  onFault: (error) => build.say(`aloft: ${error instanceof Error ? error.message : String(error)}`),
  environment: { ...npmEnvironment(), ...build.environment },
  gitCredentials: {},
  path: [commands],
  directory: join(build.workspace, "builds", ids.hex(16)),
  ...(build.atFailure ? { atFailure: build.atFailure } : {}),
});

/** AWS: the longest a build may take is eight hours. */
const LIMIT_MS = 8 * 60 * 60 * 1000;

const specOf = ({ projectName, region, buildspec, variables }: LocalBuild, uuid: string): BuildSpec => ({
  id: `${projectName}:${uuid}`,
  arn: `arn:aws:codebuild:${region}:000000000000:build/${projectName}:${uuid}`,
  number: 1,
  projectName,
  projectArn: `arn:aws:codebuild:${region}:000000000000:project/${projectName}`,
  region,
  initiator: "aloft-build",
  image: "local",
  encryptionKey: "alias/aws/s3",
  startTime: machineClock.now(),
  timeoutMs: LIMIT_MS,
  buildspec,
  source: { type: "NO_SOURCE" },
  secondarySources: [],
  variables,
  artifacts: { overrideName: false },
  secondaryArtifacts: [],
  cached: false,
  readsBatch: false,
  extraVariables: {},
});
