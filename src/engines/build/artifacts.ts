import { stat } from "node:fs/promises";
import { isAbsolute, join, posix } from "node:path";
import type { ArtifactSpec } from "./buildspec/types.ts";
import { clientError } from "./failure.ts";
import { type PathPattern, pathPattern } from "./glob.ts";
import type { BuildLog } from "./log.ts";
import type { ArtifactFile } from "./ports.ts";
import { filesBelow } from "./walk.ts";

/** The files of an artifact. Throws CLIENT_ERROR when nothing matches, as on AWS. */
export const collectArtifact = async (
  spec: ArtifactSpec,
  /** The primary source's folder. */
  source: string,
  /** Replaces variables in paths. */
  expand: (text: string) => Promise<string>,
  log: BuildLog,
): Promise<readonly ArtifactFile[]> => {
  const base = await expand(spec.baseDirectory ?? ".");
  log.agent(`Expanding base directory path: ${base}`);
  log.agent("Assembling file list");
  log.agent(`Expanding ${base}`);
  const folders = await baseDirectories(source, base);
  if (folders.length === 0) throw clientError(`no matching base directory path found for ${base}`);
  log.agent(`Expanding file paths for base directory ${base}`);
  log.agent("Assembling file list");
  const excluded = spec.excludePaths.map(pathPattern);
  const files = new Map<string, ArtifactFile>();
  for (const written of spec.files) {
    const path = await expand(written);
    log.agent(`Expanding ${path}`);
    const found = (await Promise.all(folders.map((folder) => matching(folder, path, spec.enableSymlinks)))).flat();
    const kept = found.filter(({ name }) => !excluded.some((pattern) => pattern.matches(name)));
    log.agent(kept.length > 0 ? `Found ${kept.length} file(s)` : `Skipping invalid file path ${path}`);
    for (const file of kept) {
      const name = spec.discardPaths ? posix.basename(file.name) : file.name;
      files.set(name, { ...file, name });
    }
  }
  if (files.size === 0) throw clientError("no matching artifact paths found");
  return [...files.values()];
};

/** A base directory may be a pattern; without a wildcard it must be there. */
const baseDirectories = async (source: string, base: string): Promise<readonly string[]> => {
  const pattern = pathPattern(base);
  if (base === "." || base === "") return [source];
  if (pattern.isLiteral) {
    const folder = under(source, base);
    return (await isFolder(folder)) ? [folder] : [];
  }
  const files = await filesBelow(source, "", { keepLinks: false });
  const folders = new Set(files.flatMap(({ name }) => foldersOf(name)));
  return [...folders].filter(pattern.matches).map((folder) => join(source, folder));
};

/** `a/b/c.js` lies in `a` and `a/b`. */
const foldersOf = (name: string): readonly string[] => {
  const parts = name.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
};

const matching = async (folder: string, written: string, keepLinks: boolean): Promise<readonly ArtifactFile[]> => {
  const pattern = pathPattern(written);
  if (pattern.isLiteral) return literal(folder, written);
  if (isAbsolute(written)) return outside(pattern, keepLinks);
  const files = await filesBelow(folder, pattern.root, { keepLinks });
  return files.filter(({ name }) => pattern.matches(name));
};

const literal = async (folder: string, written: string): Promise<readonly ArtifactFile[]> => {
  const path = under(folder, pathPattern(written).root);
  // What lies outside of the base directory has only its own name in the artifact.
  const name = isAbsolute(written) || written.startsWith("..") ? posix.basename(written) : pathPattern(written).root;
  return (await isFile(path)) ? [{ path, name, isLink: false }] : [];
};

const outside = async (pattern: PathPattern, keepLinks: boolean): Promise<readonly ArtifactFile[]> => {
  const files = await filesBelow(pattern.root, "", { keepLinks });
  return files.filter(({ name }) => pattern.matches(posix.join(pattern.root, name)));
};

const under = (folder: string, path: string): string => (isAbsolute(path) ? path : join(folder, path));

const isFolder = async (path: string) => (await kindOf(path))?.isDirectory() ?? false;
const isFile = async (path: string) => (await kindOf(path))?.isFile() ?? false;

const kindOf = async (path: string) => {
  try {
    return await stat(path);
  } catch {
    return undefined; // Not there: the build's author hears which path was skipped.
  }
};
