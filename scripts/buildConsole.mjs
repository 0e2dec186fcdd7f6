import { createHash } from "node:crypto";
import { mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { takeLock } from "./buildLock.mjs";
import { keepBuilds } from "./keepBuilds.mjs";
import { ensureInstalled } from "./ready.mjs";
import { consoleDigest, consoleFailedPath, consoleLogPath, consoleStampPath, isConsoleBuilt } from "./stamp.mjs";

/**
 * Builds the console into dist/console: pages in chunks of their own, names that carry digests, each file beside its
 * compressed forms. Installs its libraries first, if they are not there. Does nothing when it was built from the source as
 * it is. `--dev`: installs what its checks need, too. `--aside`: gives way to the command beside which it runs.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const outdir = join(root, "dist", "console");

/** The design system offers its texts in many languages; the console speaks English. */
const englishOnly = {
  name: "english-only",
  setup: ({ onLoad }) => {
    const contents = "export const importMessages = async () => [];";
    onLoad({ filter: /\/i18n\/dynamic\.js$/ }, () => ({ contents, loader: "js" }));
  },
};

/** esbuild loads no style sheets with the chunks that need them, so all of them become one. */
const collectStyles = (styles) => ({
  name: "collect-styles",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.css$/ }, ({ path }) => {
      styles.add(path);
      return { contents: "", loader: "js" };
    });
  },
});

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  write: false,
  outdir: join(outdir, "assets"),
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  target: "es2022",
  logLevel: "warning",
  loader: { ".woff2": "file", ".woff": "file" },
};

const buildScripts = async () => {
  const styles = new Set();
  const { outputFiles } = await build({
    ...shared,
    entryPoints: { app: "console/src/main.tsx" },
    format: "esm",
    splitting: true,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [collectStyles(styles), englishOnly],
  });
  return { outputFiles, styles: [...styles].sort() };
};

const buildStyles = async (styles) => {
  const own = (path) => !path.includes("node_modules");
  // Ours come last: among rules of equal weight the last one counts.
  const ordered = [...styles.filter((path) => !own(path)), ...styles.filter(own)];
  const contents = ordered.map((path) => `@import ${JSON.stringify(path)};`).join("\n");
  const { outputFiles } = await build({
    ...shared,
    stdin: { contents, resolveDir: root, loader: "css", sourcefile: "styles.css" },
  });
  return outputFiles;
};

/** Quick rather than tight: it comes over the loopback. */
const write = ({ path, contents }) => {
  writeFileSync(path, contents);
  writeFileSync(`${path}.gz`, gzipSync(contents, { level: 6 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length };
  writeFileSync(`${path}.br`, brotliCompressSync(contents, { params }));
};

const named = (files, pattern) => files.map(({ path }) => path.split("/").at(-1)).find((name) => pattern.test(name));

const main = async () => {
  const digest = consoleDigest(root);
  const scripts = await buildScripts();
  const styles = (await buildStyles(scripts.styles)).map((file) =>
    file.path.includes("stdin-")
      ? { ...file, path: join(outdir, "assets", `styles-${sha(file.contents)}.css`), contents: file.contents }
      : file,
  );
  mkdirSync(shared.outdir, { recursive: true });
  const files = [...scripts.outputFiles, ...styles];
  for (const file of files) write(file);
  keepBuilds(
    shared.outdir,
    files.map(({ path }) => basename(path)).flatMap((name) => [name, `${name}.gz`, `${name}.br`]),
  );
  const html = await readFile(join(root, "console", "index.html"), "utf8");
  writeFileSync(
    join(outdir, "index.html"),
    html
      .replace("%SCRIPT%", `assets/${named(files, /^app-.*\.js$/)}`)
      .replace("%STYLE%", `assets/${named(files, /^styles-.*\.css$/)}`),
  );
  writeFileSync(consoleStampPath(root), digest);
};

const sha = (contents) => createHash("sha256").update(contents).digest("hex").slice(0, 8).toUpperCase();

const dev = process.argv.includes("--dev");
const aside = process.argv.includes("--aside");
if (aside) setPriority(10);
// Two commands typed one after the other may both want it.
if ((dev || !isConsoleBuilt(root)) && (await takeLock(`${outdir}.lock`, { wait: !aside }))) {
  const failed = consoleFailedPath(root);
  rmSync(failed, { force: true });
  if (aside) {
    truncateSync(consoleLogPath(root));
    process.once("exit", (status) => status !== 0 && writeFileSync(failed, ""));
  }
  ensureInstalled(dev, join(root, "console"));
  if (!isConsoleBuilt(root)) await main();
}
