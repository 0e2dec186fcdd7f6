import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../kernel/clock.ts";
import { randomIds } from "../../kernel/ids.ts";
import { createSecretMask } from "../process/mask.ts";
import { systemProcesses } from "../process/system.ts";
import { MIN_FREE_BYTES } from "./diskGuard.ts";
import type { BuildPorts } from "./ports.ts";
import { runBuild } from "./runBuild.ts";
import type { BuildSpec } from "./spec.ts";
import { submit } from "./state.ts";

const clock = systemClock();
const processes = systemProcesses({ clock });
let directory = "";
let bytes = 0;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "aloft-runaway-"));
  bytes = 0;
});
afterEach(() => rmSync(directory, { recursive: true }));

const run = async (commands: readonly string[], more: Partial<BuildPorts> = {}) => {
  const spec: BuildSpec = {
    id: "app:runaway-1",
    arn: "arn:aws:codebuild:us-east-1:000000000000:build/app:runaway-1",
    number: 1,
    projectName: "app",
    projectArn: "arn:aws:codebuild:us-east-1:000000000000:project/app",
    region: "us-east-1",
    initiator: "a",
    image: "i",
    encryptionKey: "k",
    startTime: 1,
    timeoutMs: 3_600_000,
    buildspec: { kind: "inline", text: JSON.stringify({ version: 0.2, phases: { build: { commands } } }) },
    source: { type: "NO_SOURCE" },
    secondarySources: [],
    variables: [],
    secondaryArtifacts: [],
    cached: false,
    readsBatch: false,
    extraVariables: {},
  };
  const ports: BuildPorts = {
    clock,
    machineClock: clock,
    ids: randomIds(),
    processes,
    mask: createSecretMask(),
    fetchSource: async () => ({}),
    readObject: async () => "",
    resolveParameters: async () => new Map(),
    resolveSecret: async () => "",
    nodeRuntime: async () => "",
    report: async () => {},
    upload: async () => {},
    freeBytes: async () => Number.MAX_SAFE_INTEGER,
    log: (line) => {
      bytes += line.length + 1;
    },
    flushLog: async () => {},
    learned: () => {},
    changed: () => {},
    onFault: (error) => {
      throw error;
    },
    environment: {},
    gitCredentials: {},
    path: [],
    directory: join(directory, "work"),
    ...more,
  };
  const { state } = await runBuild(spec, submit(clock.now()), ports, new AbortController().signal);
  const failed = state.phases.find(({ end }) => end && end.status !== "SUCCEEDED");
  return { status: state.status, phase: failed?.type, context: failed?.end?.contexts?.[0] };
};

describe("a build that runs wild", () => {
  it("prints a hundred megabytes, and all of it is in the log", async () => {
    expect((await run(["yes 0123456789012345678901234567890 | head -c 100000000"])).status).toBe("SUCCEEDED");
    expect(bytes).toBeGreaterThan(100_000_000);
  });

  it("forks children that leave its group, and none is left", async () => {
    const storm = "for i in $(seq 50); do (setsid sleep 600 >/dev/null 2>&1 &) ; done";
    expect((await run([storm])).status).toBe("SUCCEEDED");
    expect(await processes.killMarked(join(directory, "work"))).toBe(0);
  });

  it("deletes its workspace, and fails by itself alone", async () => {
    const ended = await run([`cd / && rm -rf "$CODEBUILD_SRC_DIR" "$HOME" "$TMPDIR"`, `cd "$CODEBUILD_SRC_DIR"`]);
    expect(ended).toMatchObject({
      status: "FAILED",
      phase: "BUILD",
      context: { statusCode: "COMMAND_EXECUTION_ERROR" },
    });
    expect(existsSync(join(directory, "work"))).toBe(false);
  });

  it("kills its own shell, and says with which status", async () => {
    const { status, context } = await run(["kill -KILL $$"]);
    expect(status).toBe("FAILED");
    expect(context?.message).toBe("Error while executing command: kill -KILL $$. Reason: exit status 137");
  });

  it("fills the disk, and is ended before it is full", async () => {
    let looks = 0;
    // The first look is before any command has run.
    const freeBytes = async () => (looks++ === 0 ? MIN_FREE_BYTES : MIN_FREE_BYTES - 1);
    const ended = await run(["sleep 600"], { freeBytes });
    expect(ended).toEqual({
      status: "FAILED",
      phase: "BUILD",
      context: { statusCode: "CLIENT_ERROR", message: "The build was ended: less than 512 MiB are left on the disk" },
    });
  });
});
