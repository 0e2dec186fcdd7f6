import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** `npm run check`: everything about the code that needs no running. Each check runs to its end; all failures are shown. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, "node_modules", ".bin", name);

const CHECKS = [
  ["types", process.execPath, [join(root, "node_modules", "typescript7", "bin", "tsc"), "-p", "."]],
  [
    "types of the console",
    process.execPath,
    [join(root, "node_modules", "typescript7", "bin", "tsc"), "-p", "console"],
  ],
  ["lint and format", bin("biome"), ["ci", "--colors=off", "--error-on-warnings", "."]],
  ["import rules", bin("depcruise"), ["--config", ".dependency-cruiser.cjs", "src", "console/src"]],
  ["unused code", bin("knip"), []],
  ["sizes", process.execPath, ["scripts/checkSizes.mjs"]],
  ["service tables", process.execPath, ["--import", "tsx", "scripts/checkServiceTables.ts"]],
  ["templates", process.execPath, ["--import", "tsx", "scripts/checkTemplates.ts"]],
];

const run = ([name, command, args]) =>
  new Promise((resolve) => {
    const startedAt = performance.now();
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => output.push(data));
    child.on("close", (status) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
      if (status !== 0) console.log(Buffer.concat(output).toString());
      resolve(status === 0);
    });
  });

const results = [];
for (const check of CHECKS) results.push(await run(check));
process.exit(results.every(Boolean) ? 0 : 1);
