import { expect, it } from "vitest";
import { progressLine } from "./progress.ts";

const action = { kind: "action", stage: "Deploy", action: "Ask", durationMs: undefined, summary: undefined } as const;

it("tells what an action does, and what to type where a person is waited for", () => {
  expect(progressLine({ ...action, status: "InProgress", needsApproval: false })).toBe(
    "pipeline   Deploy / Ask InProgress",
  );
  expect(progressLine({ ...action, status: "InProgress", needsApproval: true })).toBe(
    "pipeline   Deploy / Ask waits for an approval\nNext: aloft approve   # or aloft reject",
  );
});
