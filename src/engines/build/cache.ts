import { createHash } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { errorMessage } from "../../kernel/errors.ts";
import { pathPattern } from "./glob.ts";
import type { BuildLog } from "./log.ts";

/** Folders that builds of one project hand on to each other. */
export interface BuildCache {
  /** Moves what is kept to where the build expects it. */
  restore(): Promise<void>;
  /** Moves it back for the next build. */
  keep(): Promise<void>;
}

/**
 * A cache that moves folders instead of copying them: it costs the same for ten files and for ten thousand. A build that runs
 * beside another of its project finds the place empty, as does one after a crash; both only take longer.
 */
export const createCache = (
  cacheDirectory: string,
  paths: readonly string[],
  /** The primary source's folder, and the build's HOME, which CodeBuild has at `/root`. */
  roots: { readonly source: string; readonly home: string },
  log: BuildLog,
): BuildCache => {
  const folders = paths.map((path) => ({ path, folder: cachedFolder(path, roots) }));
  const kept = (path: string) => join(cacheDirectory, createHash("sha256").update(path).digest("hex").slice(0, 32));
  return {
    restore: async () => {
      if (paths.length === 0) log.agent("Skip cache due to: no paths specified to be cached");
      for (const { path, folder } of folders) {
        if (!folder) log.agent(`Skip cache of ${path}: only folders of the source and of HOME are kept`);
        else if (await move(kept(path), folder)) log.agent(`Expanded cache path ${path}`);
      }
    },
    keep: async () => {
      await mkdir(cacheDirectory, { recursive: true });
      for (const { path, folder } of folders) {
        if (!folder) continue;
        await rm(kept(path), { recursive: true, force: true });
        await move(folder, kept(path));
      }
    },
  };
};

/** `node_modules/**` and the like mean the folder; a pattern over single files at the top means nothing that can be moved. */
export const cachedFolder = (path: string, { source, home }: { readonly source: string; readonly home: string }) => {
  const inHome = /^(?:\/root|~|\$HOME|\$\{HOME\})\/(.+)$/.exec(path)?.[1];
  const { root } = pathPattern(inHome ?? path);
  if (root === "" || root === "." || root.split("/").includes("..") || isAbsolute(root)) return undefined;
  return join(inHome === undefined ? source : home, root);
};

/** False when there was nothing to move. A place that is taken, as by a file of the source, stays as it is. */
const move = async (from: string, to: string): Promise<boolean> => {
  try {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    return true;
  } catch (error) {
    if (EXPECTED.test(errorMessage(error))) return false;
    throw error;
  }
};

const EXPECTED = /^(ENOENT|ENOTEMPTY|EEXIST|ENOTDIR|EXDEV)/;
