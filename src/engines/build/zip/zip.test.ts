import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { filesBelow } from "../walk.ts";
import { UnsafeArchive } from "./limits.ts";
import { packZip } from "./pack.ts";
import { archiveOf } from "./testArchive.ts";
import { unpackZip } from "./unpack.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "aloft-zip-"));
  mkdirSync(join(directory, "out"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const out = (name = "") => join(directory, "out", name);

describe("packing", () => {
  it("comes back as it was: contents, modes, links", async () => {
    mkdirSync(join(directory, "in/sub"), { recursive: true });
    writeFileSync(join(directory, "in/run.sh"), "#!/bin/sh", { mode: 0o755 });
    writeFileSync(join(directory, "in/sub/a.txt"), "a");
    symlinkSync("sub/a.txt", join(directory, "in/link"));
    const files = await filesBelow(join(directory, "in"), "", { keepLinks: true });
    await packZip(files, join(directory, "x.zip"));
    await unpackZip(join(directory, "x.zip"), out());
    expect(readFileSync(out("sub/a.txt"), "utf8")).toBe("a");
    expect(statSync(out("run.sh")).mode & 0o111).not.toBe(0);
    expect(readlinkSync(out("link"))).toBe("sub/a.txt");
  });

  it("gives the same bytes for the same files, whenever and in whatever order", async () => {
    writeFileSync(join(directory, "a"), "a");
    writeFileSync(join(directory, "b"), "b");
    const files = ["a", "b"].map((name) => ({ name, path: join(directory, name) }));
    await packZip(files, join(directory, "1.zip"));
    writeFileSync(join(directory, "a"), "a");
    await packZip(files.reverse(), join(directory, "2.zip"));
    expect(readFileSync(join(directory, "1.zip"))).toEqual(readFileSync(join(directory, "2.zip")));
  });

  it("fails for a file that is not there", async () => {
    await expect(packZip([{ name: "x", path: "/no/such" }], join(directory, "x.zip"))).rejects.toThrow("ENOENT");
  });
});

describe("unpacking", () => {
  it.each([
    ["a path that climbs", [["../evil", "x"]]],
    ["an absolute path", [["/evil", "x"]]],
    ["a link that climbs", [["link", "../../etc", 0o120777]]],
    ["an absolute link", [["link", "/etc", 0o120777]]],
    [
      "a link through a link",
      [
        ["a", "b/..", 0o120777],
        ["b", "c/../..", 0o120777],
      ],
    ],
  ] as const)("refuses %s", async (_, entries) => {
    const archive = await archiveOf(entries);
    await expect(unpackZip(archive, out())).rejects.toThrow(UnsafeArchive);
    expect(existsSync(join(directory, "evil"))).toBe(false);
  });

  it("writes no file through a link", async () => {
    const archive = await archiveOf([
      ["l", ".", 0o120777],
      ["l/x", "text"],
    ]);
    await unpackZip(archive, out()).catch(() => {});
    expect(existsSync(out("x"))).toBe(false);
  });

  it("refuses a bomb and too many files", async () => {
    const archive = await archiveOf([
      ["zeros", "0".repeat(1_000_000)],
      ["b", ""],
    ]);
    await expect(unpackZip(archive, out(), { maxEntries: 9, maxBytes: 1_000 })).rejects.toThrow("more than 1000 bytes");
    await expect(unpackZip(archive, out(), { maxEntries: 1, maxBytes: 1e9 })).rejects.toThrow("more than 1 entries");
  });

  it("refuses what is no zip", async () => {
    await expect(unpackZip(Buffer.from("no zip at all"), out())).rejects.toThrow(UnsafeArchive);
  });

  it("never writes outside, whatever the names", async () => {
    const part = fc.constantFrom("..", ".", "a", "b", "");
    const name = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/") || "x");
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), async (names) => {
        rmSync(out(), { recursive: true });
        mkdirSync(out());
        await unpackZip(await archiveOf(names.map((n) => [n, "x"] as const)).catch(() => Buffer.alloc(0)), out()).catch(
          () => {},
        );
        const outside = await filesBelow(directory, "", { keepLinks: true });
        expect(outside.filter(({ name }) => !name.startsWith("out/"))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
