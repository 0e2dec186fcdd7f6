import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Buildable } from "./buildable.ts";
import { copyTree } from "./copyTree.ts";
import { settingsOf } from "./unit.ts";

/** `--cached`: what was built before from the same code with the same settings is taken from there. */
export interface BuildCache {
  /** Takes what is kept into a folder, or has it built there and keeps it. */
  through(buildable: Buildable, names: string, built: string, build: () => Promise<void>): Promise<void>;
  /** Drops what this run had no use for. */
  prune(): Promise<void>;
}

export const createBuildCache = (folder: string, say: (line: string) => void): BuildCache => {
  const used = new Set<string>();
  return {
    through: async (buildable, names, built, build) => {
      const key = await keyOf(buildable);
      const kept = join(folder, key);
      used.add(key);
      const kind = buildable.kind === "layer" ? "layers" : "functions";
      if (existsSync(kept)) {
        say(`Valid cache found, copying previously built resources for following ${kind} (${names})`);
        return copyTree(kept, built);
      }
      say(`Cache is invalid, running build and copying resources for following ${kind} (${names})`);
      await build();
      await copyTree(built, kept);
    },
    prune: async () => {
      const kept = existsSync(folder) ? await readdir(folder) : [];
      for (const name of kept) if (!used.has(name)) await rm(join(folder, name), { recursive: true });
    },
  };
};

const keyOf = async (buildable: Buildable): Promise<string> => {
  const digest = createHash("sha256").update(settingsOf(buildable));
  await addFolder(digest, buildable.source, "");
  return digest.digest("hex");
};

const addFolder = async (digest: ReturnType<typeof createHash>, folder: string, below: string): Promise<void> => {
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    // AWS: what SAM itself made does not count.
    const kind = name === ".aws-sam" ? undefined : await stat(path).catch(() => undefined);
    if (kind?.isDirectory()) await addFolder(digest, path, `${below}${name}/`);
    if (!kind?.isFile()) continue;
    digest.update(`\0${below}${name}\0${kind.size}\0`);
    await pipeline(createReadStream(path), digest, { end: false });
  }
};
