// Bundles the unit tests, so that they run on any Node with or without TypeScript support, and runs them.
// With REPORT_FILE set, results are also written there as JUnit XML, which CodeBuild shows as a test report.
import { spawnSync } from "node:child_process";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { build } from "esbuild";

const OUT = "dist/tests";

await rm(OUT, { recursive: true, force: true });
const files = await readdir("functions");
await build({
  entryPoints: files.filter((file) => file.endsWith(".test.ts")).map((file) => `functions/${file}`),
  outdir: OUT,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  sourcemap: "inline",
  packages: "external",
  logLevel: "warning",
});
const tests = (await readdir(OUT)).map((file) => `${OUT}/${file}`);

const reporters = ["--test-reporter=spec", "--test-reporter-destination=stdout"];
const report = process.env.REPORT_FILE;
if (report) {
  await mkdir(dirname(report), { recursive: true });
  reporters.push("--test-reporter=junit", `--test-reporter-destination=${report}`);
}
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...reporters, ...tests], {
  stdio: "inherit",
});
process.exitCode = run.status ?? 1;
