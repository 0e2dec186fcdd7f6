import { existsSync } from "node:fs";
import { join } from "node:path";
import { clientError } from "../../../engines/build/failure.ts";
import {
  HOST_NODE_MAJOR,
  installsNode,
  nodeFolder,
  nodePackage,
  nodePackages,
} from "../../../engines/process/nodeVersions.ts";
import { installPackages, PackagesNotInstalled } from "../../../engines/process/npm.ts";
import type { Room } from "../room.ts";

/**
 * A folder with `node`, `npm` and `npx` of another major version than the one that runs this: Node.js as the npm registry's
 * `node-PLATFORM-ARCHITECTURE` packages have it, with the npm it came with. Installed when a build first asks for it and kept
 * for all that follow; undefined where none may be installed. Throws CLIENT_ERROR when the registry does not answer or has none for this machine.
 */
export const nodeRuntime = async (
  { processes, runtimes, ids }: Pick<Room, "processes" | "runtimes" | "ids">,
  folderOfAll: string,
  major: number,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> => {
  const folder = nodeFolder(folderOfAll, major);
  const programs = join(folder, "node_modules", ".bin");
  if (existsSync(programs)) return programs;
  if (!installsNode()) {
    tell(`aloft: Node.js ${process.versions.node} of this machine stands in for ${major}, as ALOFT_RUNTIMES=host asks`);
    return undefined;
  }
  tell(`aloft: installing Node.js ${major} from the npm registry; later builds have it at once`);
  let installing = runtimes.get(major);
  if (!installing) {
    installing = installPackages({ processes, folder, packages: nodePackages(major), attempt: ids.hex(8) });
    runtimes.set(major, installing);
    // Whoever waits hears how it ended; the next build tries again, or finds it there.
    void installing.catch(() => {}).then(() => runtimes.delete(major));
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
      `Reach the registry once, or ask for nodejs: ${HOST_NODE_MAJOR} in runtime-versions, which is here.`,
  );
