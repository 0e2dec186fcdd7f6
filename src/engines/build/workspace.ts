import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Ids } from "../../kernel/ids.ts";

/** The folders a build works in, all within its own. */
export interface Workspace {
  /** The primary source, where commands begin: `…/src1234567890/src`, as on AWS. */
  readonly source: string;
  readonly home: string;
  readonly tmp: string;
  /** What the engine keeps for itself. */
  readonly state: string;
}

/** Makes a build's folders. */
export const createWorkspace = async (directory: string, ids: Ids): Promise<Workspace> => {
  const digits = String(ids.bytes(4).readUInt32BE()).padStart(10, "0");
  const workspace = {
    source: join(directory, `src${digits}`, "src"),
    home: join(directory, "root"),
    tmp: join(directory, "tmp"),
    state: join(directory, "state"),
  };
  for (const folder of Object.values(workspace)) await mkdir(folder, { recursive: true, mode: 0o700 });
  return workspace;
};

/** Where a secondary source lies: beside the primary one. */
export const sourceFolder = ({ source }: Workspace, identifier: string | undefined): string =>
  identifier === undefined ? source : join(source, "..", identifier);
