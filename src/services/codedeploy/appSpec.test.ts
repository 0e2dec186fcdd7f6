import { describe, expect, it } from "vitest";
import { readAppSpec } from "./appSpec.ts";

const REFERENCE = `
version: 0.0
resources:
  - function-to-deploy:
      type: "AWS::Lambda::Function"
      properties:
        name: fn
        alias: live
        currentversion: 1
        targetversion: "2"
hooks:
  - BeforeAllowTraffic: before
  - AfterAllowTraffic: after
`;

describe("an AppSpec of the Lambda platform", () => {
  it("is read with small names, as AWS's reference has them, and with capitals, as its examples have", () => {
    const read = { functionName: "fn", alias: "live", currentVersion: "1", targetVersion: "2" };
    expect(readAppSpec(REFERENCE)).toEqual({ ...read, beforeAllowTraffic: "before", afterAllowTraffic: "after" });
    const Properties = { Name: "fn", Alias: "live", CurrentVersion: "1", TargetVersion: "2" };
    const capitals = { version: 0.0, Resources: [{ fn: { Type: "AWS::Lambda::Function", Properties } }] };
    expect(readAppSpec(JSON.stringify(capitals))).toEqual(read);
  });

  it.each([
    ["a name for a version", REFERENCE.replace('"2"', "$LATEST"), "TargetVersion must be a positive integer"],
    ["the version 0", REFERENCE.replace("currentversion: 1", "currentversion: 0"), "CurrentVersion must be a positive"],
    ["no alias", REFERENCE.replace("alias: live", ""), "The property Alias is missing"],
    ["another kind of resource", REFERENCE.replace("Lambda::Function", "ECS::Service"), "AWS::Lambda::Function"],
  ])("is refused with %s", (_what, content, words) => {
    expect(() => readAppSpec(content)).toThrow(words);
  });
});
