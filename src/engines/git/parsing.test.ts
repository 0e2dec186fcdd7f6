import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCommit } from "./commits.ts";
import { parseChanges, splitPatches } from "./diff.ts";
import { parseTree } from "./tree.ts";

/** Names as git knows them: anything but a zero, and here no empty parts. */
const names = fc.string({ minLength: 1, unit: "binary" }).filter((name) => !name.includes("\0"));
const ids = fc.string({ minLength: 40, maxLength: 40, unit: fc.constantFrom(..."0123456789abcdef") });

describe("what git prints", () => {
  it("of changes is read back, whatever the names", () => {
    const change = fc.record({
      letter: fc.constantFrom("A", "D", "M", "T", "R"),
      path: names,
      previous: names,
      before: ids,
      after: ids,
      counts: fc.option(fc.tuple(fc.nat(), fc.nat())),
    });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const raw = changes.map(({ letter, path, previous, before, after }) => {
          const head = `:100644 100644 ${before} ${after} ${letter === "R" ? "R087" : letter}\0`;
          return letter === "R" ? `${head}${previous}\0${path}\0` : `${head}${path}\0`;
        });
        const numbers = changes.map(({ letter, path, previous, counts }) => {
          const [additions, deletions] = counts ?? ["-", "-"];
          const head = `${additions}\t${deletions}\t`;
          return letter === "R" ? `${head}\0${previous}\0${path}\0` : `${head}${path}\0`;
        });
        const read = parseChanges([...raw, ...numbers].join(""));
        expect(
          read.map(({ path, previousPath, additions, deletions }) => [path, previousPath, additions, deletions]),
        ).toEqual(
          changes.map(({ letter, path, previous, counts }) => [
            path,
            letter === "R" ? previous : undefined,
            counts?.[0] ?? 0,
            counts?.[1] ?? 0,
          ]),
        );
      }),
    );
  });

  it("of patches is cut between files, though their lines look like heads", () => {
    const line = fc.tuple(
      fc.constantFrom("+", "-", " "),
      fc.string().map((text) => text.replace(/\n/g, "")),
    );
    const lines = fc.array(
      line.map(([sign, text]) => `${sign}${text}`),
      { minLength: 1 },
    );
    const nasty = fc.constantFrom(
      ["+x\rdiff --git a b"],
      ["+diff --git a/x b/x", "-@@ -1 +1 @@"],
      ["+a\u2028diff --git a b"],
    );
    fc.assert(
      fc.property(fc.array(fc.option(fc.oneof(lines, nasty))), (files) => {
        const patch = files
          .map(
            (hunk) =>
              `diff --git a/f b/f\nindex 1..2 100644\n${hunk ? `--- a/f\n+++ b/f\n@@ -1 +1 @@\n${hunk.join("\n")}\n` : "Binary files differ\n"}`,
          )
          .join("");
        expect(splitPatches(patch)).toEqual(
          files.map((hunk) => (hunk ? `@@ -1 +1 @@\n${hunk.join("\n")}` : undefined)),
        );
      }),
    );
  });

  it("of trees and commits is read back", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ path: names, id: ids, size: fc.option(fc.nat(), { nil: undefined }) })),
        (entries) => {
          const text = entries.map(({ path, id, size }) =>
            size === undefined
              ? `040000 tree ${id}       -\t${path}\0`
              : `100644 blob ${id} ${String(size).padStart(7)}\t${path}\0`,
          );
          expect(parseTree(text.join("")).map(({ path, id, size }) => ({ path, id, size }))).toEqual(entries);
        },
      ),
    );
    const parts = ["i", "t", "p1 p2", "A", "a@x", "1577934245", "C", "c@x", "1577934245", "words\x1fmore\n"];
    expect(parseCommit(parts.join("\x1f"))).toMatchObject({
      parents: ["p1", "p2"],
      author: { date: "2020-01-02T03:04:05Z" },
      message: "words\x1fmore",
    });
  });
});
