import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Cloud, startCloud } from "../../index.ts";
import type { CloudEvent } from "../../kernel/events.ts";

const run = promisify(execFile);
const CREDENTIALS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "root-secret" };

let cloud: Cloud;
let folder = "";
let pushes: CloudEvent[] = [];

beforeEach(async () => {
  cloud = await startCloud({ credentials: CREDENTIALS, port: 0 });
  folder = mkdtempSync(join(tmpdir(), "aloft-git-"));
  pushes = [];
  cloud.events.subscribe((event) => event.source === "aloft.git" && pushes.push(event));
});
afterEach(async () => {
  await cloud[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

const git = (...args: string[]) =>
  run("git", ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main", ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, GIT_TERMINAL_PROMPT: "0" },
  });
const remote = (password = CREDENTIALS.secretAccessKey, path = "owner/app.git") =>
  `http://x:${password}@127.0.0.1:${cloud.port}/git/${path}`;
const commit = async (text: string) => {
  writeFileSync(join(folder, "file"), text);
  await git("add", "-A");
  await git("commit", "-q", "-m", text.slice(0, 40));
  return (await git("rev-parse", "HEAD")).stdout.trim();
};

describe("the Git host", () => {
  it("takes a push, makes the repository for its owner, and gives it back by clone", async () => {
    await git("init", "-q");
    const first = await commit("one");
    const { stderr } = await git("push", remote(), "main");
    expect(stderr).toContain("remote: No pipeline takes its source from here.");
    expect(pushes.map(({ detail }) => detail)).toEqual([
      {
        owner: "owner",
        repository: "app",
        ref: "refs/heads/main",
        before: null,
        commits: [first],
        changes: { [first]: ["file"] },
      },
    ]);
    await git("clone", "-q", remote(), "copy");
    expect(readFileSync(join(folder, "copy/file"), "utf8")).toBe("one");
  });

  it("tells each commit of a push, in order, and branches that were set back or removed", async () => {
    await git("init", "-q");
    const first = await commit("one");
    await git("push", remote(), "main");
    const two = [await commit("two"), await commit("three")];
    await git("push", remote(), "main");
    expect(pushes.at(-1)?.detail).toMatchObject({ before: first, commits: two });
    await git("reset", "-q", "--hard", first);
    await git("push", "--force", remote(), "main", "main:side");
    expect(pushes.at(-1)?.detail).toMatchObject({ ref: "refs/heads/side", commits: [first] });
    expect(pushes.at(-2)?.detail).toMatchObject({ ref: "refs/heads/main", before: two[1], commits: [first] });
    await git("push", remote(), "--delete", "side");
    expect(pushes).toHaveLength(4);
  });

  it("takes a pack that is larger than one buffer, and push options", async () => {
    await git("init", "-q");
    await commit(Array.from({ length: 400_000 }, (_, i) => (i * 7919 * i).toString(36)).join(""));
    await git("push", "-o", "nowait", remote(), "main");
    expect(pushes).toHaveLength(1);
  });

  it("refuses strangers and what is not there", async () => {
    await git("init", "-q");
    await commit("one");
    await expect(git("push", remote("wrong"), "main")).rejects.toThrow("Authentication failed");
    await expect(git("ls-remote", `http://127.0.0.1:${cloud.port}/git/owner/app.git`)).rejects.toThrow(
      "could not read",
    );
    await expect(git("ls-remote", remote())).rejects.toThrow("not found");
    expect(pushes).toEqual([]);
    const { status } = await fetch(`http://127.0.0.1:${cloud.port}/git/owner/app.git/config`);
    expect(status).toBe(404);
  });
});
