import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { clientError } from "../../../engines/build/failure.ts";
import { minimalEnvironment, systemPath } from "../../../engines/process/environment.ts";
import type { ProcessPort } from "../../../engines/process/port.ts";
import type { Room } from "../room.ts";
import { buildVariables } from "./environment.ts";

/**
 * A folder with `node`, `npm` and `npx` of another major version than the one that runs this: Node.js as the npm registry's
 * `node-PLATFORM-ARCHITECTURE` packages have it, with the npm it came with. Installed when a build first asks for it and kept
 * for all that follow. Throws CLIENT_ERROR when the registry does not answer or has none for this machine.
 */
export const nodeRuntime = async (
  room: Room,
  major: number,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<string> => {
  const folder = join(room.deps.workspace("runtimes"), `node-${major}`);
  const programs = join(folder, "node_modules", ".bin");
  if (existsSync(programs)) return programs;
  tell(`aloft: installing Node.js ${major} from the npm registry; later builds have it at once`);
  let installing = room.runtimes.get(major);
  if (!installing) {
    const environment = buildVariables(room);
    const ends = AbortSignal.timeout(INSTALL_LIMIT_MS);
    installing = installNode({
      processes: room.processes,
      environment,
      folder,
      major,
      scratch: room.ids.hex(8),
      signal: ends,
    });
    room.runtimes.set(major, installing);
    // Whoever waits hears how it ended; the next build tries again, or finds it there.
    void installing.catch(() => {}).then(() => room.runtimes.delete(major));
  }
  await Promise.race([installing, aborted(signal)]);
  return programs;
};

/** An installation is one download; a registry that hangs must not hold builds for ever. */
const INSTALL_LIMIT_MS = 5 * 60 * 1000;

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));

export interface NodeInstallation {
  readonly processes: ProcessPort;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly major: number;
  /** Tells this attempt from others. */
  readonly scratch: string;
  readonly signal: AbortSignal;
}

/** Installs beside the place and moves the whole into it: a broken installation is never found. */
export const installNode = async (given: NodeInstallation): Promise<void> => {
  const { processes, environment, folder, major, scratch, signal } = given;
  const beside = `${folder}.${scratch}`;
  await mkdir(beside, { recursive: true });
  try {
    await writeFile(join(beside, "package.json"), '{"private":true}');
    const lines: string[] = [];
    const exit = await processes.start({
      argv: [npmProgram(), "install", ...NPM_OPTIONS, `${nodePackage()}@${major}`, `npm@${npmMajorOf(major)}`],
      cwd: beside,
      env: { ...minimalEnvironment({ home: beside, tmp: beside, path: [dirname(process.execPath)] }), ...environment },
      signal,
      onLine: ({ text }) => lines.push(text),
    }).exited;
    if (exit.kind !== "exited" || exit.code !== 0) throw cannotInstall(major, lines, exit.kind);
    await rename(beside, folder).catch((error: unknown) => {
      // Another region's room was first: what is there is as good.
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
};

const NPM_OPTIONS = [
  "--no-audit",
  "--no-fund",
  "--ignore-scripts",
  "--no-package-lock",
  "--prefer-offline",
  "--loglevel=error",
];

const cannotInstall = (major: number, lines: readonly string[], kind: string) => {
  const said = lines.filter((line) => /^npm (ERR!|error)/.test(line)).slice(0, 3);
  return clientError(
    `Node.js ${major} could not be installed from the npm registry (${nodePackage()}): ${said.join(" ") || lines.at(-1) || kind}. ` +
      `Reach the registry once, or ask for nodejs: ${process.versions.node.split(".", 1)[0]} in runtime-versions, which is here.`,
  );
};

const npmProgram = (): string =>
  [dirname(process.execPath), ...systemPath()].map((folder) => join(folder, "npm")).find((path) => existsSync(path)) ??
  "npm";

/** The registry names the one for Apple's own processors otherwise. */
const nodePackage = (): string =>
  `${process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node"}-${process.platform}-${process.arch}`;

/** The npm a Node.js came with: buildspecs lean on its ways, such as npm 6's `npm install` where there is no package.json. */
const npmMajorOf = (major: number): number => {
  if (major <= 14) return 6;
  if (major <= 16) return 8;
  if (major <= 23) return 10;
  return 11;
};
