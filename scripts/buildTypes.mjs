import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Writes the library's types into dist/types: index.d.ts and what it reaches. Run before the package is packed; a clone
 * that only launches needs no types, and not the compiler either.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "dist", "types");
const passing = mkdtempSync(join(tmpdir(), "aloft-types-"));

try {
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules", "typescript7", "bin", "tsc"),
      ...["-p", root, "--noEmit", "false", "--declaration", "--emitDeclarationOnly"],
      ...["--rootDir", root, "--outDir", passing],
    ],
    { cwd: root, stdio: ["ignore", 2, 2] },
  );
  if (status !== 0) process.exit(1);
  rmSync(target, { recursive: true, force: true });
  copyReached(join(passing, "src", "index.d.ts"), new Set());
} finally {
  rmSync(passing, { recursive: true, force: true });
}

function copyReached(path, seen) {
  if (seen.has(path)) return;
  seen.add(path);
  const text = readFileSync(path, "utf8");
  for (const [, specifier] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)\.ts"/g))
    copyReached(join(dirname(path), `${specifier}.d.ts`), seen);
  const to = join(target, relative(join(passing, "src"), path));
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text.replace(/((?:from|import\()\s*"\.[^"]+)\.ts"/g, '$1.js"'));
}
