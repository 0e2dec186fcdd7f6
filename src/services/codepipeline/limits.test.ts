import { expect, it } from "vitest";
import { actionTimeoutMs } from "./limits.ts";

const HOUR_MS = 3_600_000;
const hours = (category: string, provider: string, owner = "AWS", timeoutInMinutes?: number) =>
  actionTimeoutMs({ category, owner, provider, timeoutInMinutes }) / HOUR_MS;

it("gives each kind of action the time that AWS gives it", () => {
  expect(hours("Invoke", "StepFunctions")).toBe(7 * 24);
  expect(hours("Build", "mine", "Custom")).toBe(24);
  expect(hours("Deploy", "S3")).toBe(1.5);
  expect(hours("Source", "S3")).toBe(1);
  expect(hours("Approval", "Manual")).toBe(7 * 24);
  expect(hours("Approval", "Manual", "AWS", 120)).toBe(2);
});
