import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Where a build says what it was made from. */
export const stampPath = (root) => join(root, "dist", ".source");

/** A digest of names, sizes and times of everything a build reads: quick enough to ask on every command. */
export const sourceDigest = (root) => {
  const hash = createHash("sha256");
  for (const name of ["package-lock.json", "scripts/build.mjs"]) hash.update(describe(join(root, name)));
  const visit = (directory) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (!entry.name.endsWith(".test.ts")) hash.update(describe(path));
    }
  };
  visit(join(root, "src"));
  return hash.digest("hex");
};

const describe = (path) => {
  const { size, mtimeMs } = statSync(path);
  return `${path}:${size}:${mtimeMs}\n`;
};

/** Whether dist was made from the source as it is. */
export const isBuilt = (root) => {
  const stamp = stampPath(root);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourceDigest(root);
};
