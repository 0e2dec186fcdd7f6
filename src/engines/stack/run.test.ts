import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../kernel/json.ts";
import { openFake, type Sketch } from "./stackFake.ts";

const A_THEN_B: Sketch = { A: {}, B: { after: ["A"], properties: { from: "@A" } } };

describe("create", () => {
  it("makes everything in order and tells of each step as AWS does", async () => {
    const fake = openFake();
    await fake.create(A_THEN_B);
    expect(fake.events).toEqual([
      "stack CREATE_IN_PROGRESS",
      "A CREATE_IN_PROGRESS",
      "A CREATE_IN_PROGRESS Resource creation Initiated",
      "A CREATE_COMPLETE",
      "B CREATE_IN_PROGRESS",
      "B CREATE_IN_PROGRESS Resource creation Initiated",
      "B CREATE_COMPLETE",
      "stack CREATE_COMPLETE",
    ]);
    expect(fake.worldState()).toEqual({ A: {}, B: { from: fake.physicalIds()["A"] } });
  });

  it("takes back what it made when one fails", async () => {
    const fake = openFake({ failCreate: ["B"] });
    await fake.create({ ...A_THEN_B, C: { after: ["B"] } });
    expect(fake.events).toEqual([
      "stack CREATE_IN_PROGRESS",
      "A CREATE_IN_PROGRESS",
      "A CREATE_IN_PROGRESS Resource creation Initiated",
      "A CREATE_COMPLETE",
      "B CREATE_IN_PROGRESS",
      "B CREATE_FAILED cannot create B",
      "stack ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [B]. Rollback requested by user.",
      "B DELETE_COMPLETE",
      "A DELETE_IN_PROGRESS",
      "A DELETE_COMPLETE",
      "stack ROLLBACK_COMPLETE",
    ]);
    expect(fake.worldState()).toEqual({});
  });

  it("leaves things as they are when asked to, or takes the stack away", async () => {
    const kept = openFake({ failCreate: ["B"] });
    await kept.create(A_THEN_B, "DO_NOTHING");
    expect(kept.events.at(-1)).toBe("stack CREATE_FAILED The following resource(s) failed to create: [B]. ");
    expect(Object.keys(kept.worldState())).toEqual(["A"]);
    const gone = openFake({ failCreate: ["B"] });
    await gone.create(A_THEN_B, "DELETE");
    expect(gone.events.at(-1)).toBe("stack DELETE_COMPLETE");
    expect(gone.worldState()).toEqual({});
  });

  it("takes away what exists though its creation failed halfway", async () => {
    const fake = openFake({ failHalfway: ["A"] });
    await fake.create({ A: {} });
    expect(fake.worldState()).toEqual({});
    expect(fake.events).toContain("A DELETE_IN_PROGRESS");
  });
});

describe("what failed creations leave", () => {
  it.each([
    ["Retain", false, 1],
    ["Retain", true, 0],
    ["RetainExceptOnCreate", false, 0],
    ["Delete", false, 0],
  ] as const)("policy %s, retainExceptOnCreate %s: %i", async (deletionPolicy, retainExceptOnCreate, left) => {
    const fake = openFake({ failCreate: ["B"] });
    await fake.create({ A: { deletionPolicy }, B: { after: ["A"] } }, "ROLLBACK", { retainExceptOnCreate });
    expect(fake.worldCount()).toBe(left);
  });
});

describe("update", () => {
  it("touches only what differs, replaces what it must and then cleans up", async () => {
    const fake = openFake();
    await fake.create({ A: { properties: { name: "x" } }, B: { properties: { size: 1 } }, C: {}, D: {} });
    fake.events.length = 0;
    await fake.update({ A: { properties: { name: "y" } }, B: { properties: { size: 2 } }, C: {}, E: {} });
    expect(fake.events.slice().sort()).toEqual(
      [
        "stack UPDATE_IN_PROGRESS",
        "A UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.",
        "A UPDATE_IN_PROGRESS Resource creation Initiated",
        "A UPDATE_COMPLETE",
        "B UPDATE_IN_PROGRESS",
        "B UPDATE_COMPLETE",
        "E CREATE_IN_PROGRESS",
        "E CREATE_IN_PROGRESS Resource creation Initiated",
        "E CREATE_COMPLETE",
        "stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
        "A DELETE_IN_PROGRESS",
        "A DELETE_COMPLETE",
        "D DELETE_IN_PROGRESS",
        "D DELETE_COMPLETE",
        "stack UPDATE_COMPLETE",
      ].sort(),
    );
    expect(fake.worldState()).toEqual({ A: { name: "y" }, B: { size: 2 }, C: {}, E: {} });
  });

  it("restores everything when one fails", async () => {
    const fake = openFake();
    const first: Sketch = { A: { properties: { name: "x" } }, B: { properties: { size: 1 } }, C: {} };
    await fake.create(first);
    const before = fake.worldState();
    const ids = fake.physicalIds();
    fake.events.length = 0;
    fake.faults.failUpdate = ["C"];
    await fake.update({
      A: { properties: { name: "y" } },
      B: { properties: { size: 2 } },
      N: {},
      C: { after: ["A", "B", "N"], properties: { size: 3 } },
    });
    expect(fake.events).toContain("C UPDATE_FAILED cannot update C");
    expect(fake.events).toContain(
      "stack UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [C]. ",
    );
    expect(fake.events.at(-1)).toBe("stack UPDATE_ROLLBACK_FAILED The following resource(s) failed to update: [C]. ");
    fake.faults.failUpdate = [];
    await fake.continueRollback();
    expect(fake.events.at(-1)).toBe("stack UPDATE_ROLLBACK_COMPLETE");
    expect(fake.worldState()).toEqual(before);
    expect(fake.physicalIds()).toEqual(ids);
  });

  it("keeps what policies say to keep", async () => {
    const fake = openFake();
    await fake.create({ A: { properties: { name: "x" }, replacePolicy: "Retain" }, B: { deletionPolicy: "Retain" } });
    await fake.update({ A: { properties: { name: "y" }, replacePolicy: "Retain" } });
    expect(fake.events).toContain("B DELETE_SKIPPED");
    expect(fake.worldCount()).toBe(3);
  });
});

describe("delete", () => {
  it("goes backwards, and past what fails", async () => {
    const fake = openFake();
    await fake.create({ A: {}, B: { after: ["A"] }, C: {} });
    fake.faults.failDelete = ["B"];
    fake.events.length = 0;
    await fake.delete();
    expect(fake.events.at(-1)).toBe("stack DELETE_FAILED The following resource(s) failed to delete: [B]. ");
    expect(Object.keys(fake.worldState()).sort()).toEqual(["A", "B"]);
    fake.events.length = 0;
    await fake.delete(["B"]);
    expect(fake.events).toEqual([
      "stack DELETE_IN_PROGRESS",
      "B DELETE_SKIPPED",
      "A DELETE_IN_PROGRESS",
      "A DELETE_COMPLETE",
      "stack DELETE_COMPLETE",
    ]);
  });
});

describe("delete by force", () => {
  it("leaves what will not go, and goes past it", async () => {
    const fake = openFake();
    await fake.create(A_THEN_B);
    fake.faults.failDelete = ["B"];
    fake.events.length = 0;
    await fake.delete([], true);
    expect(fake.events).toEqual([
      "stack DELETE_IN_PROGRESS",
      "B DELETE_IN_PROGRESS",
      "B DELETE_FAILED cannot delete B",
      "B DELETE_SKIPPED",
      "A DELETE_IN_PROGRESS",
      "A DELETE_COMPLETE",
      "stack DELETE_COMPLETE",
    ]);
  });
});

describe("what a stack may not do", () => {
  const first: Sketch = { A: { properties: { name: "x", size: 1 } }, B: {} };
  it.each([
    ["Modify A", { A: { properties: { name: "x", size: 2 } }, B: {} }],
    ["Replace A", { A: { properties: { name: "y", size: 1 } }, B: {} }],
    ["Delete B", { A: { properties: { name: "x", size: 1 } } }],
  ] satisfies [string, Sketch][])("fails the update and is undone: %s", async (what, second) => {
    const fake = openFake();
    await fake.create(first);
    fake.denied.add(what);
    fake.events.length = 0;
    await fake.update(second);
    const [action = "", name = ""] = what.split(" ");
    expect(fake.events).toContain(`${name} UPDATE_FAILED ${action} of ${name} is denied`);
    expect(fake.events.at(-1)).toBe("stack UPDATE_ROLLBACK_COMPLETE");
    expect(fake.worldState()).toEqual(expectedState(first));
  });
});

describe("import", () => {
  it("takes over what is there, and what depends on it sees it", async () => {
    const fake = openFake();
    fake.found("outside", "X");
    await fake.import({ X: {}, Y: { after: ["X"] } }, { X: { Id: "outside" }, Y: { Id: "outside" } });
    expect(fake.events).toEqual([
      "stack IMPORT_IN_PROGRESS",
      "X IMPORT_IN_PROGRESS",
      "X IMPORT_COMPLETE",
      "Y IMPORT_IN_PROGRESS",
      "Y IMPORT_COMPLETE",
      "stack IMPORT_COMPLETE",
    ]);
    expect(fake.physicalIds()).toEqual({ X: "outside", Y: "outside" });
  });

  it("forgets what it took over when one is not there, and takes nothing away", async () => {
    const fake = openFake();
    fake.found("outside", "X");
    await fake.create({ A: {} });
    fake.events.length = 0;
    await fake.import({ A: {}, X: {}, Z: { after: ["X"] } }, { X: { Id: "outside" }, Z: { Id: "nowhere" } });
    expect(fake.events.slice(3)).toEqual([
      "Z IMPORT_IN_PROGRESS",
      "Z IMPORT_FAILED no nowhere",
      "stack IMPORT_ROLLBACK_IN_PROGRESS The following resource(s) failed to import: [Z]. ",
      "X IMPORT_ROLLBACK_IN_PROGRESS",
      "X IMPORT_ROLLBACK_COMPLETE",
      "Z IMPORT_ROLLBACK_IN_PROGRESS",
      "Z IMPORT_ROLLBACK_COMPLETE",
      "stack IMPORT_ROLLBACK_COMPLETE",
    ]);
    expect(fake.letGo).toEqual(["outside"]);
    expect(fake.worldState()).toEqual({ A: {}, X: {} });
    expect(Object.keys(fake.physicalIds())).toEqual(["A"]);
  });
});

/** Stacks of up to six resources, each depending on earlier ones only. */
const sketches = fc
  .array(fc.record({ after: fc.array(fc.nat(5)), name: fc.nat(2), size: fc.nat(2), present: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((rows) =>
    Object.fromEntries(
      rows.flatMap(({ after, name, size, present }, index) =>
        present || index === 0
          ? [[`R${index}`, { after: after.filter((n) => n < index).map((n) => `R${n}`), properties: { name, size } }]]
          : [],
      ),
    ),
  );

const expectedState = (sketch: Sketch) =>
  Object.fromEntries(Object.entries(sketch).map(([name, { properties }]) => [name, properties ?? {}]));

describe("whatever happens", () => {
  it("an update that fails anywhere ends as it began", async () => {
    await fc.assert(
      fc.asyncProperty(
        sketches,
        sketches,
        fc.nat(5),
        fc.constantFrom("failCreate", "failUpdate", "failConclude"),
        async (first, second, index, how) => {
          const fake = openFake();
          await fake.create(first);
          const before = fake.worldState();
          const ids = fake.physicalIds();
          if (how === "failConclude") fake.faults.failConclude = true;
          else fake.faults[how] = [`R${index}`];
          fake.faults.onlyOnce = true;
          await fake.update(second);
          const end = fake.events.at(-1);
          expect(["stack UPDATE_COMPLETE", "stack UPDATE_ROLLBACK_COMPLETE"]).toContain(end);
          if (end === "stack UPDATE_COMPLETE") expect(fake.worldState()).toEqual(expectedState(second));
          else {
            expect(fake.worldState()).toEqual(before);
            expect(fake.physicalIds()).toEqual(ids);
          }
          expect(fake.worldCount()).toBe(fake.recordCount());
        },
      ),
      { numRuns: 300 },
    );
  });

  it("a creation that fails anywhere leaves nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        sketches,
        fc.nat(5),
        fc.constantFrom("failCreate", "failHalfway"),
        async (sketch, index, how) => {
          const fake = openFake({ [how]: [`R${index}`] });
          await fake.create(sketch);
          const isHit = `R${index}` in sketch;
          expect(fake.events.at(-1)).toBe(isHit ? "stack ROLLBACK_COMPLETE" : "stack CREATE_COMPLETE");
          expect(fake.worldState()).toEqual(isHit ? {} : expectedState(sketch));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("a deletion that fails anywhere keeps what it could not take and what that needs, and is done by the next", async () => {
    await fc.assert(
      fc.asyncProperty(sketches, fc.nat(5), async (sketch, index) => {
        const fake = openFake();
        await fake.create(sketch);
        fake.faults.failDelete = [`R${index}`];
        await fake.delete();
        if (`R${index}` in sketch) {
          expect(fake.events.at(-1)).toMatch(/^stack DELETE_FAILED/);
          const kept = new Set(Object.keys(fake.worldState()));
          expect(kept).toContain(`R${index}`);
          for (const name of kept) {
            for (const other of sketch[name]?.after ?? []) if (other in sketch) expect(kept).toContain(other);
          }
          expect(fake.recordCount()).toBe(kept.size);
          fake.faults.failDelete = [];
          await fake.delete();
        }
        expect(fake.events.at(-1)).toBe("stack DELETE_COMPLETE");
        expect(fake.worldState()).toEqual({});
      }),
      { numRuns: 200 },
    );
  });

  it("a crash at any write of a creation is taken up, to its success or its way back", async () => {
    await fc.assert(
      fc.asyncProperty(sketches, fc.nat(5), fc.boolean(), fc.nat(40), async (sketch, index, fails, writes) => {
        const fake = openFake(fails ? { failCreate: [`R${index}`] } : {});
        await fake.crashAfter(writes, () => fake.create(sketch));
        await fake.resume();
        const isHit = fails && `R${index}` in sketch;
        expect(fake.events.at(-1)).toBe(isHit ? "stack ROLLBACK_COMPLETE" : "stack CREATE_COMPLETE");
        expect(fake.worldState()).toEqual(isHit ? {} : expectedState(sketch));
      }),
      { numRuns: 300 },
    );
  });

  it("a crash on the way back of an update is taken up, and all is as before", async () => {
    await fc.assert(
      fc.asyncProperty(sketches, sketches, fc.nat(40), async (first, second, writes) => {
        const fake = openFake();
        await fake.create(first);
        const [before, ids] = [fake.worldState(), fake.physicalIds()];
        fake.faults.failConclude = "always";
        await fake.crashAfter(writes, () => fake.update(second));
        await fake.resume();
        expect(fake.events.at(-1)).toBe("stack UPDATE_ROLLBACK_COMPLETE");
        expect(fake.worldState()).toEqual(before);
        expect(fake.physicalIds()).toEqual(ids);
        expect(fake.worldCount()).toBe(fake.recordCount());
      }),
      { numRuns: 300 },
    );
  });

  it("a crash at any write is taken up and brought to the same end", async () => {
    await fc.assert(
      fc.asyncProperty(sketches, sketches, fc.nat(40), async (first, second, writes) => {
        const fake = openFake();
        await fake.create(first);
        await fake.crashAfter(writes, () => fake.update(second));
        await fake.resume();
        expect(fake.events.at(-1)).toBe("stack UPDATE_COMPLETE");
        expect(fake.worldState()).toEqual(expectedState(second));
        expect(fake.worldCount()).toBe(fake.recordCount());
        const gone: JsonObject = {};
        await fake.crashAfter(writes, () => fake.delete());
        await fake.resume();
        expect(fake.worldState()).toEqual(gone);
      }),
      { numRuns: 300 },
    );
  });
});
