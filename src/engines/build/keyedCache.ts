import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorMessage } from "../../kernel/errors.ts";
import { type BuildCache, cachedFolder } from "./cache.ts";
import type { BuildLog } from "./log.ts";

/** What is kept, and under which name; the shell has read the keys. */
export interface KeyedCache {
  readonly paths: readonly string[];
  readonly key: string;
  readonly fallbackKeys: readonly string[];
}

/** Where the key of a kept cache is written. */
const KEY = "key";
/** Its time is when the cache was last of use. */
const USED = "used";
/** AWS keeps caches as long as their bucket's lifecycle lets it; here those used last, for they are on this machine's disk. */
export const MAX_KEPT_CACHES = 10;

/**
 * Caches by key: one that is kept stays as it is, so that it is copied. AWS: caches of other paths are others, whatever their
 * key. https://docs.aws.amazon.com/codebuild/latest/userguide/caching-s3.html
 */
export const createKeyedCache = (
  directory: string,
  { paths, key, fallbackKeys }: KeyedCache,
  roots: { readonly source: string; readonly home: string },
  /** A name that no other build has. */
  scratch: string,
  log: BuildLog,
): BuildCache => {
  const version = join(directory, digest(JSON.stringify(paths)));
  const own = join(version, digest(key));
  const folders = paths.flatMap((path) => {
    const folder = cachedFolder(path, roots);
    if (!folder) log.agent(`Skip cache of ${path}: only folders of the source and of HOME are kept`);
    return folder ? [{ name: digest(path), folder }] : [];
  });
  return {
    restore: async () => {
      const found = (await exists(own)) ? own : await closest(version, fallbackKeys);
      if (!found) return log.agent(`No cache has the key ${key}`);
      // Before it is read: what is in use is not thrown away meanwhile.
      await writeFile(join(found, USED), "");
      for (const { name, folder } of folders) await copy(join(found, name), folder);
      log.agent(`Restored the cache of the key ${await readFile(join(found, KEY), "utf8")}`);
    },
    keep: async () => {
      if (await exists(own)) return log.agent(`The cache of the key ${key} is there already, and stays as it is`);
      const fresh = join(version, `.${scratch}`);
      await mkdir(fresh, { recursive: true });
      for (const { name, folder } of folders) await copy(folder, join(fresh, name));
      await writeFile(join(fresh, USED), "");
      await writeFile(join(fresh, KEY), key);
      try {
        await rename(fresh, own);
      } catch (error) {
        await rm(fresh, { recursive: true, force: true });
        // Another build was first.
        if (!/^(ENOTEMPTY|EEXIST)/.test(errorMessage(error))) throw error;
      }
      await forgetOldest(directory);
    },
  };
};

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const forgetOldest = async (directory: string): Promise<void> => {
  const versions = await readdir(directory);
  const places = await Promise.all(versions.map((version) => keptIn(join(directory, version))));
  const used = await Promise.all(places.flat().map(async (folder) => ({ folder, at: await lastUsed(folder) })));
  const oldest = used.sort((a, b) => b.at - a.at).slice(MAX_KEPT_CACHES);
  await Promise.all(oldest.map(({ folder }) => rm(folder, { recursive: true, force: true })));
};

/** Of one that an earlier release kept, or that is gone by now, nobody knows. */
const lastUsed = (folder: string): Promise<number> =>
  stat(join(folder, USED)).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

/** The folders of the caches that are kept whole. */
const keptIn = async (version: string): Promise<readonly string[]> =>
  (await readdir(version)).filter((name) => !name.startsWith(".")).map((name) => join(version, name));

/** The newest cache whose key begins as the first of the keys does for which there is any. */
const closest = async (version: string, fallbackKeys: readonly string[]): Promise<string | undefined> => {
  const folders = fallbackKeys.length > 0 && (await exists(version)) ? await keptIn(version) : [];
  const kept = await Promise.all(
    folders.map(async (folder) => {
      const file = join(folder, KEY);
      return { folder, key: await readFile(file, "utf8"), at: (await stat(file)).mtimeMs };
    }),
  );
  const newestFirst = kept.sort((a, b) => b.at - a.at);
  for (const prefix of fallbackKeys) {
    const found = newestFirst.find(({ key }) => key.startsWith(prefix));
    if (found) return found.folder;
  }
  return undefined;
};

/** What is at the place already stays. */
const copy = async (from: string, to: string): Promise<void> => {
  if (!(await exists(from))) return;
  await cp(from, to, { recursive: true, force: false, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
};
