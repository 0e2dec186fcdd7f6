import { cpSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { build } from "esbuild";
import { keepBuilds } from "./keepBuilds.mjs";
import { refuseLateCommonJs } from "./lateCommonJs.mjs";
import { modelsOnly } from "./modelsOnly.mjs";
import { sourceDigest, stampPath } from "./stamp.mjs";

/**
 * Bundles src into dist: a handful of files that start quickly, with each service in a chunk of its own that is read on
 * its first use. Types are checked by `npm run check`, not here. `--clean` begins with an empty dist, for what is published.
 */
const root = new URL("..", import.meta.url).pathname;
const dist = `${root}dist`;
if (process.argv.includes("--clean")) rmSync(dist, { recursive: true, force: true });

const { metafile } = await build({
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "esm",
  mainFields: ["module", "main"],
  logLevel: "warning",
  // Native addons find their binaries beside themselves.
  external: ["libsql", "@libsql/*", "esbuild"],
  plugins: [modelsOnly(root)],
  // Some dependencies are CommonJS and call require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  entryPoints: {
    cli: "src/cli/main.ts",
    index: "src/index.ts",
    aws: "src/awscli/main.ts",
    sam: "src/samcli/main.ts",
  },
  outdir: "dist",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  metafile: true,
});
refuseLateCommonJs(metafile);
// Functions' processes start from files of their own, found beside the chunk that starts them; Node.js 12 reads them, too.
const bootstrap = "src/engines/function/bootstrap";
cpSync(`${root}${bootstrap}`, `${dist}/chunks/bootstrap`, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: [`${bootstrap}/node/*.mjs`],
  outdir: "dist/chunks/bootstrap/node",
  outExtension: { ".js": ".mjs" },
  format: "esm",
  target: "node12.20",
  logLevel: "warning",
});
const chunks = Object.keys(metafile.outputs).filter((path) => path.startsWith("dist/chunks/"));
keepBuilds(`${dist}/chunks`, ["bootstrap", ...chunks.map((path) => basename(path))]);
writeFileSync(stampPath(root), sourceDigest(root));
