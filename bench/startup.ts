import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { CLI, firstLine, residentBytes, startCloudChild } from "./cloudChild.ts";
import { median, medianOf, mib, ms, report, timed, times } from "./figures.ts";

/** Process start to the first answered request, beside a bare `node -e 0`; memory of a cloud that has done nothing. */
const RUNS = 11;

const bareNode = () => timed(() => once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit"));

const toFirstAnswer = async (): Promise<number> => {
  const state = mkdtempSync(join(tmpdir(), "aloft-bench-"));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [CLI, "start", "--foreground", "--state", state, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const endpoint = /answers at (\S+)\./.exec(await firstLine(child))?.[1];
  await (await fetch(`${endpoint}/_aloft/health`)).text();
  const elapsed = performance.now() - startedAt;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
  rmSync(state, { recursive: true, force: true });
  return elapsed;
};

const bare: number[] = [];
const ours: number[] = [];
// By turns, so that what else the machine does falls on both.
for (let run = 0; run < RUNS; run++) {
  bare.push(await bareNode());
  ours.push(await toFirstAnswer());
}
report(
  "process start to first answered request",
  `${ms(median(ours))}, ${times(median(ours) / median(bare))} of node -e 0 (${ms(median(bare))})`,
  "<= 5x",
);

await using cloud = await startCloudChild();
const sts = new STSClient(cloud.config);
report("first signed call", ms(await timed(() => sts.send(new GetCallerIdentityCommand({})))), "");
report(
  "each signed call after it",
  ms(await medianOf(50, () => timed(() => sts.send(new GetCallerIdentityCommand({}))))),
  "",
);
report("memory of an empty cloud", mib(residentBytes(cloud.pid)), "");
