import { expect, test } from "vitest";
import { remappedHeaders, setsForbiddenHeader } from "./remappedHeaders.ts";

test("what the gateway says itself comes under another name", () => {
  expect(
    remappedHeaders({ "Content-Type": "text/plain", Server: "mine", "content-length": "x", "transfer-encoding": "y" }),
  ).toEqual({ "content-type": "text/plain", "x-amzn-remapped-server": "mine", "x-amzn-remapped-content-length": "x" });
});

test.each([
  ["HTTP", "Content-Length", true],
  ["HTTP", "TE", false],
  ["AWS", "TE", true],
  ["AWS_PROXY", "X-Own", false],
] as const)("an integration of the type %s that sets %s", (type, name, expected) => {
  expect(setsForbiddenHeader({ type, requestParameters: { [`integration.request.header.${name}`]: "'a'" } })).toBe(
    expected,
  );
});
