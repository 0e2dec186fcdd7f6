import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DiskFull } from "../blobs.ts";
import { openBlobFiles } from "./blobFiles.ts";
import { openDiskStore } from "./diskStore.ts";

describe("blobs on disk", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "aloft-blobs-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it("are there after a restart, and what nobody holds is not", async () => {
    const first = await openDiskStore(directory);
    const blob = await first.blobs.write(Buffer.from("hello"));
    await first[Symbol.asyncDispose]();
    const orphan = join(directory, "blobs", "ab", "ab".repeat(32));
    await mkdir(join(directory, "blobs", "ab"), { recursive: true });
    await writeFile(orphan, "left by a crash");
    await writeFile(join(directory, "blobs", "incoming", "7"), "half of a bo");

    await using second = await openDiskStore(directory);
    await second.swept;
    expect((await second.blobs.bytes(blob)).toString()).toBe("hello");
    expect(existsSync(orphan)).toBe(false);
    expect(await readdir(join(directory, "blobs", "incoming"))).toEqual([]);
  });

  it("cannot be changed by whoever is handed their path", async () => {
    await using store = await openDiskStore(directory);
    const path = await store.blobs.path(await store.blobs.write(Buffer.from("hello")));
    expect((await stat(path)).mode & 0o777).toBe(0o400);
  });

  it("that find the disk full say so, and leave nothing", async () => {
    const files = await openBlobFiles(directory);
    // What the operating system reports, whichever call it fails.
    const failing = (async function* () {
      yield Buffer.from("hello");
      throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    })();
    await expect(files.receive(Readable.from(failing))).rejects.toThrow(DiskFull);
    expect(await readdir(join(directory, "incoming"))).toEqual([]);
  });
});
