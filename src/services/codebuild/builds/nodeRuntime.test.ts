import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ProcessPort } from "../../../engines/process/port.ts";
import { seededIds } from "../../../kernel/ids.ts";
import { nodeRuntime } from "./nodeRuntime.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "aloft-runtimes-"));
  vi.stubEnv("ALOFT_RUNTIMES", "npm");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

/** Asks for Node.js 18 where npm installs what it is asked for, or ends with what it says. */
const asking = (says?: string) => {
  const [told, installed]: [string[], string[]] = [[], []];
  const processes: ProcessPort & AsyncDisposable = {
    start: ({ argv, cwd, onLine }) => {
      installed.push(...argv.filter((word) => /@\d+$/.test(word)));
      mkdirSync(join(cwd, "node_modules", ".bin"), { recursive: true });
      if (says !== undefined) onLine?.({ stream: "stderr", text: says });
      const code = says === undefined ? 0 : 1;
      const exited = Promise.resolve({ kind: "exited" as const, code });
      return { pid: 1, exited, stop: () => {}, write: async () => {}, end: () => {} };
    },
    killMarked: async () => 0,
    [Symbol.asyncDispose]: async () => {},
  };
  const parts = { processes, runtimes: new Map(), ids: seededIds(1) };
  const signal = new AbortController().signal;
  return { told, installed, ask: () => nodeRuntime(parts, directory, 18, (text) => told.push(text), signal) };
};

it("installs another Node.js once for all who ask, with the npm it came with", async () => {
  const { told, installed, ask } = asking();
  const programs = join(directory, "node-18", "node_modules", ".bin");
  expect(await Promise.all([ask(), ask()])).toEqual([programs, programs]);
  expect(await ask()).toBe(programs);
  expect(installed).toEqual([expect.stringMatching(/^node(-bin)?-\w+-\w+@18$/), "npm@10"]);
  expect(told).toHaveLength(2);
});

it("says what npm said where it cannot be had, and what can", async () => {
  const { ask } = asking("npm error 404 Not Found");
  await expect(ask()).rejects.toMatchObject({
    statusCode: "CLIENT_ERROR",
    message: expect.stringMatching(/^Node\.js 18 could not be installed .*404 Not Found\. .*ask for nodejs: \d+/),
  });
  expect(existsSync(join(directory, "node-18"))).toBe(false);
});

it("installs none where the machine's own has to do", async () => {
  vi.stubEnv("ALOFT_RUNTIMES", "host");
  const { told, installed, ask } = asking();
  expect(await ask()).toBeUndefined();
  expect(installed).toEqual([]);
  expect(told).toEqual([
    `aloft: Node.js ${process.versions.node} of this machine stands in for 18, as ALOFT_RUNTIMES=host asks`,
  ]);
});
