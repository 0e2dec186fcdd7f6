import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, vi } from "vitest";
import { parse } from "yaml";
import { type TestCloud, testCloud } from "../../test/harness.ts";
import { programIo } from "../../test/programIo.ts";
import { runSam } from "./run.ts";

/** Deployments start functions and look for the end of stacks in real time, on a machine that may be busy. */
const LIMIT_MS = 240_000;

/** The cloud that `sam` speaks to, and the folder in which it runs; new for each test. */
export let cloud: TestCloud;
export let directory = "";

/** Gives each test of a file a cloud and a folder of its own. */
export const freshForEachTest = (): void => {
  vi.setConfig({ testTimeout: LIMIT_MS });
  beforeEach(async () => {
    cloud = await testCloud();
    directory = mkdtempSync(join(tmpdir(), "aloft-sam-"));
  });
  afterEach(async () => {
    await cloud[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true });
  });
};

/** Runs `sam` in the folder. */
export const sam = async (...args: readonly string[]) => {
  const PATH = `${join(directory, "bin")}${delimiter}${process.env["PATH"]}`;
  const { io, written } = programIo(cloud, {
    cwd: directory,
    env: { PATH, HOME: directory, AWS_REGION: "us-east-1" },
    stdin: async () => Buffer.alloc(0),
    sleep: async () => setImmediate(),
  });
  const code = await runSam(args, io);
  return { code, ...written };
};

/** Writes a file into the folder. */
export const file = (name: string, text: string): void => {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
};

/** A program that builds find on their PATH before the machine's. */
export const program = (name: string, script: string): void => {
  file(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  chmodSync(join(directory, "bin", name), 0o755);
};

/** What a file in the folder holds. */
export const read = (name: string): string => readFileSync(join(directory, name), "utf8");

/** The template that was built. */
export const builtTemplate = (name = ".aws-sam/build/template.yaml") => parse(read(name), { logLevel: "silent" });
