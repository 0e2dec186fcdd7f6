import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import { expect, test } from "vitest";
import { patchedStage } from "./stagePatches.ts";

const STAGE = { stageName: "dev", deploymentId: "one", variables: { color: "red" }, createdAt: 0, updatedAt: 0 };

const patchedBy = (...operations: PatchOperation[]) => patchedStage(STAGE, operations);

test("a canary that is begun takes nothing and answers as its stage", () => {
  expect(patchedBy({ op: "replace", path: "/canarySettings/percentTraffic", value: "50" }).canarySettings).toEqual({
    percentTraffic: 50,
    deploymentId: "one",
    useStageCache: false,
  });
});

test("a canary is promoted by copies, in the order in which they come", () => {
  const stage = patchedBy(
    { op: "replace", path: "/canarySettings/deploymentId", value: "two" },
    { op: "replace", path: "/canarySettings/stageVariableOverrides/color", value: "blue" },
    { op: "copy", from: "/canarySettings/deploymentId", path: "/deploymentId" },
    { op: "copy", from: "/canarySettings/stageVariableOverrides", path: "/variables" },
    { op: "remove", path: "/canarySettings" },
  );
  expect(stage).toMatchObject({ deploymentId: "two", variables: { color: "blue" }, canarySettings: undefined });
});

test.each<[PatchOperation, string]>([
  [
    { op: "add", path: "/canarySettings/deploymentId" },
    "Invalid add operation with path: /canarySettings/deploymentId",
  ],
  [{ op: "replace", path: "/canarySettings/wrong" }, "Invalid method setting path: /canarySettings/wrong. Must be"],
  [{ op: "remove", path: "/canarySettings/deploymentId" }, "Cannot remove method setting canarySettings/deploymentId"],
  [{ op: "copy", from: "/variables", path: "/variables" }, "Invalid copy operation with path: /variables and from"],
  [
    { op: "copy", from: "/canarySettings/deploymentId", path: "/deploymentId" },
    "Promotion not available. Canary does not exist.",
  ],
  [
    { op: "add", path: "/accessLogSettings/wrong", value: "x" },
    "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]",
  ],
  [{ op: "replace", path: "/accessLogSettings", value: "x" }, "Invalid accessLogSettings path. Must be one of :"],
  [{ op: "replace", path: "/accessLogSettings/format", value: "" }, "Access Log value must not be empty"],
  [
    { op: "remove", path: "/accessLogSettings/format" },
    "Cannot remove method setting accessLogSettings/format because",
  ],
])("%j is refused", (operation, message) => {
  expect(() => patchedBy(operation)).toThrow(message);
});
