import { describe, expect, it } from "vitest";
import { openFake } from "./stackFake.ts";

describe("names that are taken", () => {
  it("fail before anything is made, and the stack is what it was", async () => {
    const fake = openFake({ nameTaken: ["B"] });
    await fake.create({ A: {}, B: { after: ["A"] } });
    expect(fake.events).toEqual([
      "stack CREATE_IN_PROGRESS",
      "B CREATE_FAILED B is there",
      "stack ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [B]. Rollback requested by user.",
      "B DELETE_COMPLETE",
      "stack ROLLBACK_COMPLETE",
    ]);
    expect(fake.worldCount()).toBe(0);
  });

  it("are looked for among what is new, and turn an update around", async () => {
    const fake = openFake();
    await fake.create({ A: {} });
    fake.faults.nameTaken = ["A", "B"];
    await fake.update({ A: { properties: { size: 2 } }, B: {} });
    expect(fake.events.filter((event) => event.includes("is there"))).toEqual(["B CREATE_FAILED B is there"]);
    expect(fake.events.at(-1)).toBe("stack UPDATE_ROLLBACK_COMPLETE");
    expect(fake.worldState()).toEqual({ A: {} });
  });
});
