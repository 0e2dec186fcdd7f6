import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStateDirectory, StateInUse, StateTooNew } from "./stateDirectory.ts";

describe("a state directory", () => {
  let parent: string;
  let path: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "aloft-state-"));
    path = join(parent, "deep", "state");
  });
  afterEach(() => rm(parent, { recursive: true }));
  const version = () => readFile(join(path, "version"), "utf8");

  it("is made when it does not exist, for its owner only", async () => {
    await using state = await openStateDirectory(path);
    expect(state.path).toBe(path);
    expect(state.file("x")).toBe(join(path, "x"));
    expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(await version()).toBe("1\n");
  });

  it("belongs to one at a time, and names its owner to the next", async () => {
    const state = await openStateDirectory(path);
    const refused = await openStateDirectory(path).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StateInUse);
    expect(refused).toMatchObject({
      pid: process.pid,
      message: expect.stringContaining(`in use by the process ${process.pid}.`),
    });
    await state[Symbol.asyncDispose]();
    await state[Symbol.asyncDispose]();
    await using _again = await openStateDirectory(path);
  });

  it("is taken over from an owner that has died, whatever it left", async () => {
    await (await openStateDirectory(path))[Symbol.asyncDispose]();
    await writeFile(join(path, "pid"), "1\n");
    await using state = await openStateDirectory(path);
    expect(await readFile(state.file("pid"), "utf8")).toBe(`${process.pid}\n`);
  });

  it("of a later aloft is refused, and stays free", async () => {
    await (await openStateDirectory(path))[Symbol.asyncDispose]();
    await writeFile(join(path, "version"), "9\n");
    for (let attempt = 0; attempt < 2; attempt++) await expect(openStateDirectory(path)).rejects.toThrow(StateTooNew);
    expect(await version()).toBe("9\n");
  });

  it("of an earlier aloft is brought up, step by step", async () => {
    await (await openStateDirectory(path))[Symbol.asyncDispose]();
    const done: string[] = [];
    const migrations = ["one", "two", "three"].map((name) => async (directory: string) => {
      done.push(`${name} ${await readFile(join(directory, "version"), "utf8")}`);
      if (name === "three" && done.length === 3) throw new Error("interrupted");
    });
    await expect(openStateDirectory(path, migrations)).rejects.toThrow("interrupted");
    expect(await version()).toBe("3\n");
    await (await openStateDirectory(path, migrations))[Symbol.asyncDispose]();
    expect(done).toEqual(["one 1\n", "two 2\n", "three 3\n", "three 3\n"]);
    expect(await version()).toBe("4\n");
  });

  it("that is new needs no migration", async () => {
    const migrate = () => Promise.reject(new Error("must not run"));
    await using _state = await openStateDirectory(path, [migrate]);
    expect(await version()).toBe("2\n");
  });
});
