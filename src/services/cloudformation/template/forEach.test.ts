import { expect, it } from "vitest";
import { expandLoops } from "./forEach.ts";
import { parseTemplate } from "./parse.ts";

const expand = (text: string) =>
  expandLoops(parseTemplate(text).body, (node) =>
    Array.isArray(node) && node.every((item) => typeof item === "string") ? node : undefined,
  );

it("makes one member for each item, in names, references and texts", () => {
  expect(
    expand(`Resources:
  Fn::ForEach::Topics:
    - Name
    - [Success, Failure]
    - SnsTopic\${Name}:
        Type: AWS::SNS::Topic
        Properties: {TopicName: !Ref Name, DisplayName: !Sub "\${Name}-\${AWS::Region}"}
  Other: {Type: T}
`),
  ).toEqual({
    Resources: {
      SnsTopicSuccess: {
        Type: "AWS::SNS::Topic",
        Properties: { TopicName: "Success", DisplayName: { "Fn::Sub": "Success-${AWS::Region}" } },
      },
      SnsTopicFailure: {
        Type: "AWS::SNS::Topic",
        Properties: { TopicName: "Failure", DisplayName: { "Fn::Sub": "Failure-${AWS::Region}" } },
      },
      Other: { Type: "T" },
    },
  });
});

it("nests, and strips what a name may not hold", () => {
  const made = expand(`Resources:
  Fn::ForEach::A:
    - X
    - [a.b]
    - Fn::ForEach::B:
        - Y
        - ["1", "2"]
        - R&{X}\${Y}: {Type: T}
`);
  expect(made).toEqual({ Resources: { Rab1: { Type: "T" }, Rab2: { Type: "T" } } });
});

it("refuses what is no loop", () => {
  expect(() => expand("Resources: {'Fn::ForEach::A': [X, [a]]}")).toThrow(
    "every Fn::ForEach object requires three parameters",
  );
  expect(() => expand("Resources: {'Fn::ForEach::A': [X, {a: b}, {}]}")).toThrow("must be a list of strings");
  expect(() => expand("Resources: {'Fn::ForEach::A': [X, [a, b], {R: {Type: T}}]}")).toThrow("makes R more than once");
});
