import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openName, pagesByName, pagesByPlace, sealName, sealToken } from "./paging.ts";

class Refused extends Error {}
const refuse = () => new Refused();
const byName = pagesByName(refuse);
const byPlace = pagesByPlace(refuse);
const self = (name: string) => name;

describe("pages by name", () => {
  it("show every item once, whatever the size", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 5 }), (names, size) => {
        const shown: string[] = [];
        let token: string | undefined;
        do {
          const page = byName(names, self, token, size);
          expect(page.items.length).toBeLessThanOrEqual(size);
          shown.push(...page.items);
          token = page.nextToken;
        } while (token !== undefined);
        expect(shown).toEqual(names);
      }),
    );
  });

  it("lose nothing when what was shown is deleted before the next page", () => {
    const first = byName(["a", "b", "c", "d"], self, undefined, 2);
    expect(first.items).toEqual(["a", "b"]);
    expect(byName(["c", "d"], self, first.nextToken, 2)).toEqual({ items: ["c", "d"] });
  });

  it("go on after the last item shown when the next one is gone", () => {
    const first = byName(["a", "b", "c", "d"], self, undefined, 2);
    expect(byName(["a", "b", "d"], self, first.nextToken, 2)).toEqual({ items: ["d"] });
  });

  it("refuse a token whose two items are gone, and one that is none of theirs", () => {
    const { nextToken } = byName(["a", "b", "c"], self, undefined, 1);
    expect(() => byName(["c"], self, nextToken, 1)).toThrow(Refused);
    for (const token of ["", "a", "%%", sealToken([1, 2]), sealName("a"), sealToken(["a", "b", "c"])])
      expect(() => byName(["a", "b"], self, token, 1)).toThrow(Refused);
  });
});

describe("pages by place", () => {
  it("say where the next begins, and nothing at the end", () => {
    const first = byPlace(["a", "b", "c"], undefined, 2);
    expect(first.items).toEqual(["a", "b"]);
    expect(byPlace(["a", "b", "c"], first.nextToken, 2)).toEqual({ items: ["c"] });
    expect(byPlace(["a", "b"], undefined, 2)).toEqual({ items: ["a", "b"] });
  });

  it("read no further than they must", () => {
    const endless = function* () {
      for (let number = 0; ; number += 1) yield number;
    };
    expect(byPlace(endless(), undefined, 3).items).toEqual([0, 1, 2]);
  });

  it("refuse places that are none", () => {
    for (const token of ["", "2", sealToken([-1]), sealToken([0.5]), sealToken(["1"]), sealName("a")])
      expect(() => byPlace(["a", "b"], token, 1)).toThrow(Refused);
  });
});

it("a name sealed into a token is opened as it was", () => {
  fc.assert(fc.property(fc.string(), (name) => openName(sealName(name), refuse) === name));
  expect(() => openName(sealToken([7]), refuse)).toThrow(Refused);
});
