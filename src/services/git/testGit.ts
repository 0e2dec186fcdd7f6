import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Cloud, startCloud } from "../../index.ts";
import type { CloudEvent } from "../../kernel/events.ts";

const run = promisify(execFile);

export const SECRET = "root-secret";

/** A cloud on a port of its own, and a folder in which the real git works. */
export interface GitFixture extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly folder: string;
  /** What the Git host has told of pushes. */
  readonly pushes: readonly CloudEvent[];
  git(...args: string[]): Promise<{ stdout: string; stderr: string }>;
  /** Commits a file of that text, and gives the commit's id. */
  commit(text: string): Promise<string>;
  remote(password?: string, path?: string): string;
}

export const gitFixture = async (): Promise<GitFixture> => {
  const cloud = await startCloud({
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: SECRET },
    port: 0,
  });
  const folder = mkdtempSync(join(tmpdir(), "aloft-git-"));
  const pushes: CloudEvent[] = [];
  cloud.events.subscribe((event) => event.detailType === "Git Push" && pushes.push(event));
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], HOME: folder, GIT_TERMINAL_PROMPT: "0" },
    });
  return {
    cloud,
    folder,
    pushes,
    git,
    commit: async (text) => {
      writeFileSync(join(folder, "file"), text);
      await git("add", "-A");
      await git("commit", "-q", "-m", text.slice(0, 40));
      return (await git("rev-parse", "HEAD")).stdout.trim();
    },
    remote: (password = SECRET, path = "owner/app.git") => `http://x:${password}@127.0.0.1:${cloud.port}/git/${path}`,
    [Symbol.asyncDispose]: async () => {
      await cloud[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
};
