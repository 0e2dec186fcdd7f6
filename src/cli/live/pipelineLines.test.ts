import { expect, it } from "vitest";
import type { LiveAction } from "../../launch/watch.ts";
import { pipelineLines } from "./pipelineLines.ts";

const NOW = 1_700_000_000_000;
const drawn = (...actions: readonly LiveAction[]) =>
  pipelineLines(
    {
      name: "app",
      run: { id: "0123456789", status: "InProgress", startedAt: NOW - 2000, message: "First" },
      stages: [{ name: "Deploy", actions }],
    },
    NOW,
    0,
  );

it("says what to type while a person is waited for", () => {
  expect(drawn({ name: "Ask", status: "InProgress", startedAt: NOW - 1000, needsApproval: true })).toEqual([
    "app  InProgress  2.0 s  01234567 First",
    "  ░░░░░░░░░░░░░░░░░░░░ 0 of 1 actions",
    "  Deploy     ⠋ Ask 1.0 s",
    "      waits for you: aloft approve, or aloft reject",
  ]);
});

it("shows why an action failed, and what a build says", () => {
  const lines = drawn(
    { name: "Build", status: "Failed", durationMs: 500, reason: "exit 1\nexit 2" },
    { name: "Data", status: "InProgress", startedAt: NOW, logLine: "loading" },
    { name: "Check", status: "Waiting" },
  );
  expect(lines.slice(2)).toEqual([
    "  Deploy     ✗ Build 500 ms  ⠋ Data 0 ms  ○ Check",
    "      exit 1",
    "      exit 2",
    "      loading",
  ]);
});
