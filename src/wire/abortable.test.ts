import { expect, it } from "vitest";
import { Abortable } from "./abortable.ts";

it("tells who listens already, and who asks later", () => {
  const request = new Abortable();
  const before = request.signal;
  expect(before.aborted).toBe(false);
  request.abort();
  expect(before.aborted).toBe(true);
  expect(request.signal).toBe(before);
  const late = new Abortable();
  late.abort();
  expect(late.signal.reason).toEqual(new Error("the client went away"));
});
