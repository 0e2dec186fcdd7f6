import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { temporaryDirectory } from "../socket/clouds.ts";
import { aloft, ask, type Ended, plainEnvironment, ROOT, run } from "./aloftCli.ts";
import { freePort } from "./freePort.ts";

/** Any SAM project: init, launch, push, roll back, approve, snapshot; on one cloud. */
const folder = temporaryDirectory();
const env = plainEnvironment(join(folder.path, "home"));
const state = join(folder.path, "state");
let port: number;

const inProject = (name: string, ...args: readonly string[]): Promise<Ended> =>
  aloft({ cwd: join(folder.path, name), env, state, port, timeoutMs: 180_000 })(...args);
const good = (ended: Ended): Ended => {
  expect(ended.status, ended.all).toBe(0);
  return ended;
};
const answerOf = async (ended: Ended) => JSON.parse(good(ended).stdout);

beforeAll(async () => {
  mkdirSync(join(folder.path, "home"));
  port = await freePort();
  for (const name of ["hello-world", "hello-python"])
    cpSync(join(ROOT, "test/fixtures", name), join(folder.path, name), { recursive: true });
  for (const name of ["hello-again", "hello-asked"])
    cpSync(join(ROOT, "test/fixtures/hello-world"), join(folder.path, name), { recursive: true });
}, 60_000);
afterAll(async () => {
  await inProject("hello-world", "stop");
  folder[Symbol.dispose]();
});

let cloneUrl: string;

test("launches a plain Node project that has no pipeline", { timeout: 180_000 }, async () => {
  const launched = await answerOf(await inProject("hello-world", "launch", "--yes", "--json"));
  expect(launched).toMatchObject({
    apiName: "HelloWorldApi",
    answerStatus: 200,
    answer: '{"message":"hello world"}',
    outputs: { PipelineName: "hello-world-pipeline", ApplicationStackName: "hello-world-app" },
  });
  expect(launched.run.stages.map(({ name, status }: { name: string; status: string }) => [name, status])).toEqual([
    ["Source", "Succeeded"],
    ["Build", "Succeeded"],
    ["Deploy", "Succeeded"],
  ]);
  cloneUrl = launched.cloneUrl;
});

test("launches a plain Python project, without being asked off a terminal", { timeout: 180_000 }, async () => {
  const ended = good(await inProject("hello-python", "launch"));
  expect(ended.stdout).toContain("wrote      pipeline.yml");
  expect(ended.stdout).toContain('{"message": "hello world"}');
  expect(ended.stdout).not.toContain("\u001b[");
});

test("follows a commit, and rolls back to what ran before", { timeout: 180_000 }, async () => {
  const clone = join(folder.path, "clone");
  good(await run("git", ["clone", "--quiet", cloneUrl, clone], { cwd: folder.path, env }));
  for (const file of ["app.mjs", "app.spec.mjs"]) {
    const path = join(clone, "hello-world", file);
    writeFileSync(path, readFileSync(path, "utf8").replace("hello world", "good day"));
  }
  good(await run("git", ["commit", "--quiet", "--all", "--message", "Another greeting"], { cwd: clone, env }));
  good(await run("git", ["push", "--quiet", "origin", "HEAD:main"], { cwd: clone, env }));
  const { url } = await answerOf(await inProject("hello-world", "open", "--print", "--json"));
  expect((await ask(url)).body).toBe('{"message":"good day"}');
  const back = await answerOf(
    await inProject("hello-world", "rollback", "--pipeline", "hello-world-pipeline", "--json"),
  );
  expect(back).toMatchObject({ kind: "rollback", stage: "Deploy", status: "Succeeded" });
  expect((await ask(url)).body).toBe('{"message":"hello world"}');
});

describe("on a terminal", () => {
  /** What is typed once something was drawn. */
  type Answer = readonly [when: string, typed: string];
  /** A pseudo-terminal from util-linux: what is typed goes in, and all that is drawn comes out. */
  const onTerminal = (args: string, answers: readonly Answer[] = [], name = "hello-world"): Promise<Ended> => {
    // exec: a shell in between would take Ctrl+C for itself, too.
    const command = `exec ${process.execPath} ${join(ROOT, "bin", "aloft.mjs")} ${args}`;
    const script = spawn("script", ["--quiet", "--return", "--flush", "--command", command, "/dev/null"], {
      cwd: join(folder.path, name),
      env: { ...env, NO_COLOR: undefined, TERM: "xterm", ALOFT_STATE: state, ALOFT_PORT: String(port) },
      stdio: ["pipe", "pipe", "inherit"],
    });
    return new Promise((resolve, reject) => {
      let all = "";
      script.once("error", reject);
      script.stdout.on("data", (data: Buffer) => {
        const before = all;
        all += data;
        for (const [when, typed] of answers)
          if (all.includes(when) && !before.includes(when)) script.stdin.write(typed);
      });
      script.once("close", (status) => resolve({ status, stdout: all, all }));
    });
  };
  const missing = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux")
    ? undefined
    : "util-linux's script is not here, so there is no pseudo-terminal to draw on";
  it.runIf(missing !== undefined && process.env["CI"] !== undefined)("needs util-linux's script", () =>
    expect.fail(missing ?? ""),
  );

  it.skipIf(missing !== undefined)("draws the pipelines, in colour, and gives the cursor back", async () => {
    const { status, all } = await onTerminal("status --watch --until-done");
    expect(status, all).toBe(0);
    expect(all).toContain("\u001b[1mhello-world-pipeline\u001b[0m");
    expect(all).toMatch(/[█]+.* \d of \d actions/);
    expect(all.indexOf("\u001b[?25l")).toBeGreaterThanOrEqual(0);
    expect(all.lastIndexOf("\u001b[?25h")).toBeGreaterThan(all.lastIndexOf("\u001b[?25l"));
  });

  it.skipIf(missing !== undefined)("init asks before it writes, and takes a no", async () => {
    const { status, all } = await onTerminal("init", [["[Y/n]", "n\r"]], "hello-again");
    expect([status, all]).toEqual([1, expect.stringMatching(/Write pipeline\.yml, [\s\S]*Nothing was written\./)]);
    expect(existsSync(join(folder.path, "hello-again", "pipeline.yml"))).toBe(false);
  });

  it.skipIf(missing !== undefined)(
    "launch asks, and draws the stack, the run and what its build says",
    {
      timeout: 180_000,
    },
    async () => {
      const { status, all } = await onTerminal("launch", [["[Y/n]", "\r"]], "hello-again");
      expect(status, all).toBe(0);
      expect(all).toContain("has no pipeline.yml. Write one");
      expect(all).toMatch(/[█]+.* \d+ of \d+ resources/);
      expect(all).toContain("\u001b[1mhello-again-pipeline\u001b[0m");
      expect(all).toMatch(/[█]+.* \d of \d actions/);
      // Dim, below its stage: what a build printed last.
      expect(all).toMatch(/\[2m {6}\S.*\[0m/);
      expect(all).toContain("Live in ");
      expect(all.lastIndexOf("\u001b[?25h")).toBeGreaterThan(all.lastIndexOf("\u001b[?25l"));
    },
  );

  it.skipIf(missing !== undefined)("ends by Ctrl+C with the cursor back", async () => {
    const { status, all } = await onTerminal("status -w", [["actions", "\u0003"]]);
    expect(status, all).toBe(0);
    expect(all.trimEnd().endsWith("\u001b[?25h")).toBe(true);
  });

  it.skipIf(missing !== undefined)(
    "a launch ended by Ctrl+C ends as the shell knows it, at work and at a question",
    {
      timeout: 60_000,
    },
    async () => {
      const working = await onTerminal("launch", [["\u001b[?25l", "\u0003"]], "hello-again");
      expect(working.status, working.all).toBe(130);
      expect(working.all.trimEnd().endsWith("\u001b[?25h")).toBe(true);
      const asked = await onTerminal("launch", [["[Y/n]", "\u0003"]], "hello-asked");
      expect(asked.status, asked.all).toBe(130);
      expect(asked.all).not.toContain("aloft:");
      const left = await onTerminal("init", [["[Y/n]", "\u0004"]], "hello-asked");
      expect([left.status, left.all]).toEqual([1, expect.stringContaining("Nothing was written.")]);
      expect(existsSync(join(folder.path, "hello-asked", "pipeline.yml"))).toBe(false);
    },
  );

  it.skipIf(missing !== undefined)("logs -f is ended by Ctrl+C, and that is no failure", async () => {
    const { status, all } = await onTerminal("logs -f", [["/aws/codebuild/", "\u0003"]]);
    expect(status, all).toBe(0);
  });
});

test("off a terminal, status -w tells changes in plain lines or in JSON", async () => {
  const plain = good(await inProject("hello-world", "status", "-w", "--until-done"));
  expect(plain.stdout).toMatch(/^pipeline +Source \/ Source Succeeded in /m);
  expect(plain.stdout).not.toContain("\u001b");
  const { stdout } = good(await inProject("hello-world", "status", "-w", "--until-done", "--json"));
  const changes = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(changes).toContainEqual(
    expect.objectContaining({ pipeline: "hello-world-pipeline", stage: "Deploy", name: "ExecuteChangeSet" }),
  );
});

test("waits for a person where it is asked to: approve lets it go on, reject ends it", {
  timeout: 180_000,
}, async () => {
  good(await inProject("hello-world", "launch", "--parameter", "ReleaseApproval=manual"));
  const { url } = await answerOf(await inProject("hello-world", "open", "--print", "--json"));
  const clone = join(folder.path, "clone");
  const pushed = async (from: string, to: string) => {
    for (const file of ["app.mjs", "app.spec.mjs"]) {
      const path = join(clone, "hello-world", file);
      writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
    }
    good(await run("git", ["commit", "--quiet", "--all", "--message", to], { cwd: clone, env }));
    return run("git", ["push", "origin", "HEAD:main"], { cwd: clone, env });
  };
  // A push does not wait for a person: it ends when its run waits for one.
  good(await pushed("good day", "good night"));
  const given = await answerOf(await inProject("hello-world", "approve", "seen by", "two of us", "--json"));
  expect(given).toMatchObject({ pipeline: "hello-world-pipeline", action: "ApproveChangeSet", status: "Approved" });
  good(await inProject("hello-world", "status", "-w", "--until-done"));
  expect((await ask(url)).body).toBe('{"message":"good night"}');
  expect(JSON.stringify(await answerOf(await inProject("hello-world", "runs", given.run, "--json")))).toContain(
    "seen by two of us",
  );

  const ended = await pushed("good night", "good grief");
  const refused = await answerOf(await inProject("hello-world", "reject", "not at night", "--json"));
  expect(refused).toMatchObject({ action: "ApproveChangeSet", status: "Rejected" });
  expect((await inProject("hello-world", "status", "-w", "--until-done", "--pipeline", given.pipeline)).status).toBe(1);
  expect(ended.all).toContain("ApproveChangeSet");
  expect((await inProject("hello-world", "runs", refused.run)).stdout).toContain("not at night");
  expect((await ask(url)).body).toBe('{"message":"good night"}');
});

test("refuses what cannot be: approvals that nobody asked for, tables and runs that are not there", async () => {
  const lonely = await inProject("hello-world", "approve");
  expect([lonely.status, lonely.all]).toEqual([1, expect.stringContaining("Next: aloft status")]);
  for (const words of [
    ["tables", "scan", "Nothing"],
    ["tables", "Nothing"],
  ]) {
    const table = await inProject("hello-world", ...words, "--json");
    expect(JSON.parse(table.all)).toEqual({ error: { message: "There is no table Nothing.", next: "aloft launch" } });
  }
  const log = await inProject("hello-world", "logs", "nothing", "--json");
  expect(JSON.parse(log.all).error.message).toBe("No log group has nothing in its name.");
  expect((await inProject("hello-world", "snapshot", "load", "none")).status).toBe(1);
  expect((await inProject("hello-world", "rollback", "--nonsense")).status).toBe(2);
});

test("destroys one of two by its folder", { timeout: 60_000 }, async () => {
  const { deleted } = await answerOf(await inProject("hello-python", "destroy", "--json"));
  expect(deleted).toEqual(["hello-python-app", "hello-python", expect.stringContaining("hello-python-source-")]);
});
