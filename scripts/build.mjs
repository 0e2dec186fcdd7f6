import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { sourceDigest, stampPath } from "./stamp.mjs";

/**
 * Bundles src into dist: a handful of files that start quickly, with each service in a chunk of its own that is read on
 * its first use. Types are checked by `npm run check`, not here.
 */
const root = new URL("..", import.meta.url).pathname;
const dist = `${root}dist`;
// The console is built apart, by buildConsole.mjs.
for (const name of existsSync(dist) ? readdirSync(dist) : [])
  if (name !== "console") rmSync(`${dist}/${name}`, { recursive: true, force: true });

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  mainFields: ["module", "main"],
  logLevel: "warning",
  // Native addons find their binaries beside themselves.
  external: ["libsql", "@libsql/*", "esbuild"],
  // Some dependencies are CommonJS and call require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
};

await Promise.all([
  build({
    ...shared,
    entryPoints: { cli: "src/cli/main.ts", index: "src/index.ts", aws: "src/awscli/main.ts" },
    outdir: "dist",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  }),
]);
// Functions' processes start from files of their own, found beside the chunk that starts them.
cpSync(`${root}src/engines/function/bootstrap`, `${root}dist/chunks/bootstrap`, { recursive: true });
writeFileSync(stampPath(root), sourceDigest(root));
