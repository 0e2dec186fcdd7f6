import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Whether the files below a folder take more than that many bytes. Stops as soon as they do. */
export const takesMoreThan = async (folder: string, maxBytes: number): Promise<boolean> => {
  let bytes = 0;
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const { name, isFolder } of await entriesOf(next)) {
      const path = join(next, name);
      if (isFolder) folders.push(path);
      else bytes += await sizeOf(path);
      if (bytes > maxBytes) return true;
    }
  }
  return false;
};

const entriesOf = async (folder: string): Promise<{ readonly name: string; readonly isFolder: boolean }[]> => {
  const entries = [];
  try {
    for await (const entry of await opendir(folder)) entries.push({ name: entry.name, isFolder: entry.isDirectory() });
  } catch {
    // The function has removed it meanwhile.
  }
  return entries;
};

const sizeOf = async (path: string): Promise<number> => {
  try {
    // What it takes on the disk: a file with holes is as large as what was written.
    return (await stat(path)).blocks * 512;
  } catch {
    // The function has removed it meanwhile.
    return 0;
  }
};
