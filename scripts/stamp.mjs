import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Where a build says what it was made from. */
export const stampPath = (root) => join(root, "dist", ".source");

/** The same of the console, which is built apart. */
export const consoleStampPath = (root) => join(root, "dist", "console", ".source");

/** What the last build of the console printed. */
export const consoleLogPath = (root) => join(root, "dist", "console-build.log");

/** Is there when the last build of the console failed. */
export const consoleFailedPath = (root) => join(root, "dist", "console-failed");

/** A digest of names, sizes and times of everything a build reads: quick enough to ask on every command. */
export const sourceDigest = (root) =>
  digestOf(
    root,
    ["package-lock.json", "scripts/build.mjs", "scripts/lateCommonJs.mjs", "scripts/modelsOnly.mjs"],
    ["src"],
  );

export const consoleDigest = (root) =>
  digestOf(
    root,
    ["package-lock.json", "console/package-lock.json", "scripts/buildConsole.mjs", "console/index.html"],
    ["console/src"],
  );

const digestOf = (root, files, folders) => {
  const hash = createHash("sha256");
  for (const name of files) hash.update(describe(join(root, name)));
  const visit = (directory) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!entry.name.endsWith(".test.ts")) hash.update(describe(path));
    }
  };
  for (const folder of folders) visit(join(root, folder));
  return hash.digest("hex");
};

const describe = (path) => {
  const { size, mtimeMs } = statSync(path);
  return `${path}:${size}:${mtimeMs}\n`;
};

/** Whether dist was made from the source as it is. */
export const isBuilt = (root) => holds(stampPath(root), () => sourceDigest(root));
export const isConsoleBuilt = (root) => holds(consoleStampPath(root), () => consoleDigest(root));

const holds = (stamp, digest) => existsSync(stamp) && readFileSync(stamp, "utf8") === digest();
