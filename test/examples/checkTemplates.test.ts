import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTemplate } from "../../scripts/templates/readTemplate.ts";
import { specFindings } from "../../scripts/templates/specFindings.ts";
import { planInit } from "../../src/launch/init/init.ts";
import { temporaryDirectory } from "../socket/clouds.ts";

const findings = (yaml: string) => specFindings(readTemplate(yaml)).map(({ path, message }) => `${path}: ${message}`);
const template = (name: string) => readFileSync(`examples/cloudproviders/${name}`, "utf8");

describe("the example's templates", () => {
  it.each(["pipeline.yml", "sam-http.yml"])("%s is valid by the published specification", (name) => {
    expect(findings(template(name))).toEqual([]);
  });

  it("fit in a request: a template body has at most 51,200 bytes", () => {
    expect(Buffer.byteLength(template("pipeline.yml"))).toBeLessThan(51_200);
  });
});

it("what aloft init writes is valid by it, too", () => {
  using folder = temporaryDirectory();
  cpSync("test/fixtures/hello-world", folder.path, { recursive: true });
  planInit({ folder: folder.path, name: "shop", data: "npm run seed", force: false }).write();
  expect(findings(readFileSync(join(folder.path, "pipeline.yml"), "utf8"))).toEqual([]);
});

describe("specFindings", () => {
  it("names an unknown type, property, attribute and value", () => {
    const yaml = `
Resources:
  A: { Type: AWS::S3::Bukket }
  B: { Type: AWS::S3::Bucket, Properties: { Nmae: x }, Dependson: A }
  C: { Type: AWS::SNS::Topic, Properties: { DisplayName: [1] } }
  D: { Type: AWS::Logs::LogGroup, Properties: { RetentionInDays: soon } }
  E: { Type: AWS::Serverless::Function, Properties: { Handlr: x } }`;
    expect(findings(yaml)).toEqual([
      "Resources/A/Type: there is no resource type AWS::S3::Bukket",
      "Resources/B/Dependson: is not an attribute of a resource",
      "Resources/B/Properties/Nmae: is not a property",
      "Resources/C/Properties/DisplayName: is not a text",
      "Resources/D/Properties/RetentionInDays: is not a number",
      "Resources/E/Properties/Handlr: is not a property",
    ]);
  });

  it("looks below the first level, into both branches of a condition", () => {
    const yaml = `
Conditions: { Yes: !Equals [a, a] }
Resources:
  T:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: !If [Yes, [{ AttributeName: a, KeyType: HASH }], [{ KeyType: HASH }]]
  B:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: !If [Yes, { a: 1 }, arn]
      ExecutionMode: !If [Yes, QUEUED, LATER]
      Stages: [{ Name: Source, Actions: [{ Name: A }] }]`;
    expect(findings(yaml)).toEqual([
      "Resources/T/Properties/KeySchema/Fn::If/2/0/AttributeName: is required",
      "Resources/B/Properties/RoleArn/Fn::If/1: is not a text",
      "Resources/B/Properties/ExecutionMode/Fn::If/2: is LATER, which is none of QUEUED, SUPERSEDED, PARALLEL",
      "Resources/B/Properties/Stages/0/Actions/0/ActionTypeId: is required",
    ]);
  });

  it("names what a reference does not find", () => {
    const yaml = `
Resources:
  T:
    Type: AWS::SNS::Topic
    Condition: No
    DependsOn: [X]
    Properties: { DisplayName: !Sub ["\${A}\${B}\${!C}\${AWS::Region}", { A: 1 }] }
Outputs:
  O: { Value: !GetAtt Y.Arn.Part }
  P: { Value: !If [Maybe, !Ref T, !Ref Z] }`;
    expect(findings(yaml)).toEqual([
      "Resources/T/Condition: there is no condition No",
      "Resources/T/DependsOn: there is no resource X",
      "Resources/T/Properties/DisplayName/Fn::Sub: there is no parameter or resource B",
      "Outputs/O/Value/Fn::GetAtt: there is no resource Y",
      "Outputs/P/Value/Fn::If: there is no condition Maybe",
      "Outputs/P/Value/Fn::If/2/Ref: there is no parameter or resource Z",
    ]);
  });

  it("refuses what is not a template, with the line", () => {
    expect(() => readTemplate("Resources: [")).toThrow(/line 1/);
    expect(() => readTemplate("just a text")).toThrow(/map of sections/);
    expect(findings("Outputs: {}")).toEqual(["Resources: is required"]);
  });
});
