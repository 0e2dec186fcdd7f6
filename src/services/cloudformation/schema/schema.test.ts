import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../kernel/json.ts";
import { attributesOf } from "./attributes.ts";
import { coerceProperties } from "./coerce.ts";
import { propertyChanges, replacementOf, sameJson } from "./diff.ts";
import { loadSchema, loadSchemas } from "./load.ts";
import { propertyFaults } from "./validate.ts";

const schemaOf = async (type: string) => {
  const schema = await loadSchema(type);
  if (schema === undefined) throw new Error(`no schema of ${type}`);
  return schema;
};
const faults = async (type: string, properties: JsonObject) =>
  propertyFaults(await schemaOf(type), properties).map(({ message }) => message);

describe("loadSchema", () => {
  it("knows every type that a room here may serve", async () => {
    const types = [
      "AWS::CodeStar::GitHubRepository",
      "AWS::CDK::Metadata",
      "AWS::CodePipeline::Webhook",
      "AWS::Scheduler::Schedule",
    ];
    expect((await loadSchemas(types)).size).toBe(types.length);
    expect(await loadSchema("AWS::Nothing::Here")).toBeUndefined();
    expect(await loadSchema("AWS::S3::Nothing")).toBeUndefined();
    expect((await loadSchema("Custom::Thing"))?.isOpen).toBe(true);
  });
});

describe("propertyFaults", () => {
  it.each<[string, JsonObject, string[]]>([
    ["AWS::S3::Bucket", { Foo: 1 }, ["#: extraneous key [Foo] is not permitted"]],
    [
      "AWS::S3::Bucket",
      { VersioningConfiguration: { Status: "On" } },
      ["#/VersioningConfiguration/Status: On is not a valid enum value"],
    ],
    ["AWS::S3::Bucket", { BucketName: ["a"] }, ["#/BucketName: expected type: String, found: JSONArray"]],
    ["AWS::S3::Bucket", { Tags: { Key: "a", Value: "b" } }, ["#/Tags: expected type: JSONArray, found: JSONObject"]],
    ["AWS::S3::Bucket", { Tags: [{ Key: "a" }] }, ["#/Tags/0: required key [Value] not found"]],
    [
      "AWS::Lambda::Function",
      { Code: { Zip: "x" } },
      ["#: required key [Role] not found", "#/Code: extraneous key [Zip] is not permitted"],
    ],
    [
      "AWS::Lambda::Function",
      { Code: {}, Role: "r", MemorySize: "big" },
      ["#/MemorySize: expected type: Integer, found: String"],
    ],
    [
      "AWS::Lambda::Function",
      { Code: {}, Role: { Ref: "R" }, MemorySize: "128", Environment: { Variables: { A: 1 } } },
      [],
    ],
    ["AWS::SQS::Queue", { FifoQueue: "yes" }, ["#/FifoQueue: expected type: Boolean, found: String"]],
    ["AWS::SQS::Queue", { DelaySeconds: "{{resolve:ssm:delay}}" }, []],
    ["Custom::Thing", { Anything: [1] }, ["#: required key [ServiceToken] not found"]],
    ["Custom::Thing", { ServiceToken: "arn", Anything: [1] }, []],
  ])("%s %j", async (type, properties, expected) => expect(await faults(type, properties)).toEqual(expected));
});

describe("propertyChanges", () => {
  const changes = async (type: string, before: JsonObject, after: JsonObject) =>
    propertyChanges(await schemaOf(type), before, after);

  it("says what changes where, and what that costs", async () => {
    const found = await changes(
      "AWS::Lambda::Function",
      { FunctionName: "a", Environment: { Variables: { A: "1", B: "2" } }, Layers: ["x"] },
      { FunctionName: "b", Environment: { Variables: { A: "1", B: "3" } }, Layers: ["x", "y"], Timeout: 5 },
    );
    expect(found.map(({ path, requiresRecreation, changeType }) => [path, requiresRecreation, changeType])).toEqual([
      ["/Properties/FunctionName", "Always", "Modify"],
      ["/Properties/Environment/Variables/B", "Never", "Modify"],
      ["/Properties/Layers/1", "Never", "Add"],
      ["/Properties/Timeout", "Never", "Add"],
    ]);
    expect(replacementOf(found)).toBe("True");
    expect(replacementOf(found.slice(1))).toBe("False");
  });

  it("sees through the order of keys, not of lists", () => {
    expect(sameJson({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
    expect(sameJson([1, 2], [2, 1])).toBe(false);
    expect(sameJson({ a: 1 }, { b: 1 })).toBe(false);
  });
});

it("gives scalars their schema's type", async () => {
  const properties = coerceProperties(await schemaOf("AWS::Lambda::Function"), {
    MemorySize: "256",
    FunctionName: 5,
    Environment: { Variables: { N: 1, B: true } },
    SnapStart: { ApplyOn: "None" },
  });
  expect(properties).toEqual({
    MemorySize: 256,
    FunctionName: "5",
    Environment: { Variables: { N: "1", B: "true" } },
    SnapStart: { ApplyOn: "None" },
  });
});

it("knows attributes", async () => {
  const has = attributesOf(await loadSchemas(["AWS::S3::Bucket", "AWS::CloudFormation::Stack", "Custom::A"]));
  expect(has("AWS::S3::Bucket")?.("Arn")).toBe(true);
  expect(has("AWS::S3::Bucket")?.("Name")).toBe(false);
  expect(has("AWS::CloudFormation::Stack")?.("Outputs.Url")).toBe(true);
  expect(has("Custom::A")).toBeUndefined();
});
