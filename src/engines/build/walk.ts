import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { clientError } from "./failure.ts";

/** A file below a folder. */
export interface FoundFile {
  /** Relative to the folder, with slashes. */
  readonly name: string;
  readonly path: string;
  readonly isLink: boolean;
}

export interface WalkOptions {
  /** Links are given as such; otherwise as what they lead to. */
  readonly keepLinks: boolean;
}

/** All files below `folder`/`root`, in the order of their names. Links to nowhere are left out. */
export const filesBelow = async (folder: string, root: string, options: WalkOptions): Promise<readonly FoundFile[]> => {
  const found: FoundFile[] = [];
  await visit(found, folder, root, options, new Set());
  return found;
};

/** More files than this are a mistake, such as a pattern over the whole disk. */
const MAX_FILES = 1_000_000;

const visit = async (
  found: FoundFile[],
  folder: string,
  name: string,
  options: WalkOptions,
  above: ReadonlySet<string>,
): Promise<void> => {
  const path = join(folder, name);
  const entries = await entriesOf(path);
  // Links that are followed may lead back to a folder above.
  const real = entries ? await realpath(path) : path;
  if (!entries || above.has(real)) return;
  const inside = new Set([...above, real]);
  for (const entry of entries) {
    const child = name === "" ? entry.name : `${name}/${entry.name}`;
    const isLink = entry.isSymbolicLink();
    const kind = isLink && !options.keepLinks ? await kindOf(join(folder, child)) : entry;
    if (kind?.isDirectory()) await visit(found, folder, child, options, inside);
    else if (kind?.isFile() || (isLink && options.keepLinks))
      found.push({ name: child, path: join(folder, child), isLink: isLink && options.keepLinks });
    if (found.length > MAX_FILES) throw clientError(`more than ${MAX_FILES} files below ${folder}`);
  }
};

const entriesOf = async (path: string) => {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return undefined; // No folder: nothing is below it.
  }
};

const kindOf = async (path: string) => {
  try {
    return await stat(path);
  } catch {
    return undefined; // A link to nowhere.
  }
};
