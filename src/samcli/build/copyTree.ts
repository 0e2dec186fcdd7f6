import { copyFile, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Copies what is below a folder, links as what they lead to; entries whose names are excluded stay behind, at any depth. */
export const copyTree = async (from: string, to: string, excludes: RegExp = NONE): Promise<void> => {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    const path = join(from, name);
    const kind = excludes.test(name) ? undefined : await stat(path).catch(() => undefined);
    if (kind?.isDirectory()) await copyTree(path, join(to, name), excludes);
    else if (kind?.isFile()) await copyFile(path, join(to, name));
  }
};

const NONE = /^$/;
