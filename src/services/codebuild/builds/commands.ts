import { existsSync } from "node:fs";
import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemPath } from "../../../engines/process/environment.ts";
import type { Ids } from "../../../kernel/ids.ts";
import type { Room } from "../room.ts";
import { PACKAGE_MANAGERS, packageManagerScript } from "./packageManagers.ts";
import { GLOB_SEARCH, HASH_FILES, TESTS_RUN } from "./testTools.ts";

/**
 * A folder with the commands that a build image has and this machine may not: `aws`, `sam`, Python under all its names, and
 * what stands in for its package managers; and `aloft`, which draws diagrams. Written once a room; builds that start together share the one writing.
 */
export const buildCommands = async (room: Pick<Room, "deps" | "ids" | "commands">): Promise<string> => {
  const folder = room.deps.workspace("commands");
  if (room.commands.written && !existsSync(folder)) delete room.commands.written;
  room.commands.written ??= writeCommands(room.ids, folder);
  await room.commands.written;
  return folder;
};

/** Writes them into a folder. */
export const writeCommands = async (ids: Ids, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const scripts = new Map([
    ["aws", awsScript()],
    ["aloft", `#!/bin/sh\nexec ${running("cli")} "$@"\n`],
    ["sam", samScript(folder)],
    ["codebuild-tests-run", TESTS_RUN],
    ["codebuild-glob-search", GLOB_SEARCH],
    ["codebuild-hash-files", HASH_FILES],
  ]);
  for (const name of PACKAGE_MANAGERS) scripts.set(name, packageManagerScript(name));
  const python = onHost("python3") ?? onHost("python");
  if (python !== undefined) for (const name of ["python", "python3"]) scripts.set(name, pythonScript(python));
  if (python !== undefined) for (const name of ["pip", "pip3"]) scripts.set(name, pipScript(join(folder, "python3")));
  // In one step: a build of another region may be reading the same folder.
  for (const [name, script] of scripts) {
    const scratch = join(folder, `.${name}.${ids.hex(8)}`);
    await writeFile(scratch, script);
    await chmod(scratch, 0o755);
    await rename(scratch, join(folder, name));
  }
};

/** Where the user of this machine finds a program. */
const onHost = (name: string): string | undefined =>
  [...systemPath(), ...(process.env["PATH"] ?? "").split(delimiter)]
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

/**
 * The machine's Python, in an environment of the build's own at `~/.local`: what a build installs is gone with it, whether by
 * `pip install` or by `pip install --user`, and the programs that come with it are on the PATH already.
 */
const pythonScript = (python: string): string => `#!/bin/sh
own="$HOME/.local"
[ -x "$own/bin/python3" ] || ${quoted(python)} -m venv --without-pip --system-site-packages "$own" >/dev/null 2>&1
[ -x "$own/bin/python3" ] && exec "$own/bin/python3" "$@"
exec ${quoted(python)} "$@"
`;

const pipScript = (python: string): string => `#!/bin/sh\nexec ${quoted(python)} -m pip "$@"\n`;

/** Runs our `aws`, which hands to the machine's own what it cannot do. */
const awsScript = (): string => {
  const own = systemPath()
    .map((folder) => join(folder, "aws"))
    .find((path) => existsSync(path));
  const host = own === undefined ? "" : `export ALOFT_HOST_AWS=${quoted(own)}\n`;
  return `#!/bin/sh\n${host}exec ${running("aws")} "$@"\n`;
};

/** Runs the `sam` that the build installed or the machine has, which is the real one; else ours. */
const samScript = (folder: string): string => `#!/bin/sh
IFS=:
for place in $PATH; do
  [ "$place" = ${quoted(folder)} ] && continue
  [ -f "$place/sam" ] && [ -x "$place/sam" ] && exec "$place/sam" "$@"
done
exec ${running("sam")} "$@"
`;

/** The programs of the product, each with the folder of its source. */
const SOURCES = { aws: "awscli", cli: "cli", sam: "samcli" } as const;

/** How a program is run: its bundle beside this code, or beside its source; while that is not built, the source itself. */
const running = (name: keyof typeof SOURCES): string => {
  const bundle = [`./${name}.js`, `../${name}.js`, `../../../../dist/${name}.js`]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  const source = () => fileURLToPath(new URL(`../../../${SOURCES[name]}/main.ts`, import.meta.url));
  const program = bundle === undefined ? ["--import", import.meta.resolve("tsx"), source()] : [bundle];
  return [process.execPath, ...program].map(quoted).join(" ");
};

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
