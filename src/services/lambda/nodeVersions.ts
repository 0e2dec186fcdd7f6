import {
  HOST_NODE_MAJOR,
  installedNode,
  installsNode,
  nodeFolder,
  nodePackages,
} from "../../engines/process/nodeVersions.ts";
import { installPackages, PackagesNotInstalled } from "../../engines/process/npm.ts";
import { systemProcesses } from "../../engines/process/system.ts";
import type { RoomDeps } from "../../kernel/service.ts";

/** The Node.js that a runtime names. */
export interface NodeVersions {
  /** The program of that major version, once it is here; undefined: this machine's own has to do. */
  of(major: number): { readonly file: string; readonly version: string } | undefined;
}

/**
 * Brings the Node.js a runtime names where it is another than this machine's. An installation is a download, so nobody waits
 * for it: until it is there, and where the registry does not give it, functions run on the machine's, as INIT_START says.
 */
export const createNodeVersions = ({
  tasks,
  clock,
  ids,
  workspace,
}: Pick<RoomDeps, "tasks" | "clock" | "ids" | "workspace">): NodeVersions => {
  const found = new Map<number, ReturnType<typeof installedNode>>();
  const tried = new Set<number>();
  const install = (major: number, folder: string): void => {
    if (tried.has(major) || !installsNode()) return;
    tried.add(major);
    tasks.spawn(`the installation of Node.js ${major}`, async () => {
      await using processes = systemProcesses({ clock });
      try {
        await installPackages({ processes, folder, packages: nodePackages(major), attempt: ids.hex(8) });
      } catch (error) {
        // No registry, or no such version for this machine: the functions' logs say what runs them instead.
        if (!(error instanceof PackagesNotInstalled)) throw error;
      }
    });
  };
  return {
    of: (major) => {
      if (major === HOST_NODE_MAJOR || major < OLDEST_MAJOR) return undefined;
      const known = found.get(major);
      if (known) return known;
      const folder = nodeFolder(workspace("runtimes"), major);
      const node = installedNode(folder);
      if (node) found.set(major, node);
      else install(major, folder);
      return node;
    },
  };
};

/** The first that loads modules as our runtime is written. */
const OLDEST_MAJOR = 12;
