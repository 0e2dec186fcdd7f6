import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm test [-- FILES]`: all rings. Ends with one plain line that counts. What tests leave among the temporary files goes
 * with them: workspaces of clouds and runtimes that builds asked for.
 */
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
const TMPDIR = mkdtempSync(join(tmpdir(), "aloft-tests-"));
const { status } = spawnSync(
  process.execPath,
  [
    vitest,
    "run",
    "--reporter=default",
    `--reporter=${join(root, "scripts", "countReporter.mjs")}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: "inherit", env: { ...process.env, TMPDIR } },
);
// A process that is just going may still write there.
rmSync(TMPDIR, { recursive: true, force: true, maxRetries: 10 });
process.exit(status ?? 1);
