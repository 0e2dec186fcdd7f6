import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyOrder } from "./keyOrder.ts";

describe("KeyOrder", () => {
  test("walks keys by their hash, not by insertion", () => {
    expect(KeyOrder.of(["swagger", "info", "paths"]).keys()).toEqual(["info", "paths", "swagger"]);
    expect(KeyOrder.of(["type", "httpMethod", "uri"]).keys()).toEqual(["httpMethod", "type", "uri"]);
  });

  test("keeps the one that came first in place when two keys want the same slot", () => {
    const slots = new Map<string, string[]>();
    for (const key of Array.from({ length: 40 }, (_, index) => `key${index}`)) {
      const place = KeyOrder.of(["a", key]).keys().indexOf(key).toString();
      slots.set(place, [...(slots.get(place) ?? []), key]);
    }
    const differing = [...slots.values()].flat().some((left, _, all) => {
      return all.some(
        (right) => left !== right && `${KeyOrder.of([left, right]).keys()}` !== `${KeyOrder.of([right, left]).keys()}`,
      );
    });
    expect(differing).toBe(true);
  });

  test("forgets removed keys and takes them back", () => {
    const order = KeyOrder.of(["a", "b", "c"]);
    order.remove("b");
    order.remove("never there");
    expect(order.keys()).toEqual(["a", "c"]);
    order.add("b");
    expect([...order.keys()].sort()).toEqual(["a", "b", "c"]);
  });

  test("holds exactly what was added and not removed, through any growth", () => {
    const key = fc.string({ maxLength: 6, unit: "grapheme" });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), key), { maxLength: 60 }), (steps) => {
        const order = new KeyOrder();
        const expected = new Set<string>();
        for (const [add, name] of steps) {
          if (add) order.add(name);
          else order.remove(name);
          if (add) expected.add(name);
          else expected.delete(name);
        }
        expect([...order.keys()].sort()).toEqual([...expected].sort());
      }),
    );
  });

  test("a copy of all keys at once holds the same keys", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 40 }), (keys) => {
        expect([...KeyOrder.merged(keys).keys()].sort()).toEqual([...keys].sort());
      }),
    );
  });
});
