import { existsSync } from "node:fs";
import { join } from "node:path";
import { clientError } from "../../../engines/build/failure.ts";
import { installPackages, PackagesNotInstalled } from "../../../engines/process/npm.ts";
import type { Room } from "../room.ts";

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
    const packages = [`${nodePackage()}@${major}`, `npm@${npmMajorOf(major)}`];
    installing = installPackages({ processes: room.processes, folder, packages, attempt: room.ids.hex(8) });
    room.runtimes.set(major, installing);
    // Whoever waits hears how it ended; the next build tries again, or finds it there.
    void installing.catch(() => {}).then(() => room.runtimes.delete(major));
  }
  await Promise.race([installing, aborted(signal)]).catch((error: unknown) => {
    throw error instanceof PackagesNotInstalled ? cannotInstall(major, error.message) : error;
  });
  return programs;
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));

const cannotInstall = (major: number, why: string) =>
  clientError(
    `Node.js ${major} could not be installed from the npm registry (${nodePackage()}): ${why}. ` +
      `Reach the registry once, or ask for nodejs: ${process.versions.node.split(".", 1)[0]} in runtime-versions, which is here.`,
  );

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
