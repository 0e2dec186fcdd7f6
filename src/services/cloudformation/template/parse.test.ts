import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTemplate } from "./parse.ts";

const property = (yaml: string) => parseTemplate(`P: ${yaml}`).body["P"];

describe("YAML", () => {
  it.each([
    ["!Ref Name", { Ref: "Name" }],
    ["!GetAtt A.B", { "Fn::GetAtt": ["A", "B"] }],
    ["!GetAtt A.Outputs.B", { "Fn::GetAtt": ["A", "Outputs.B"] }],
    ["!GetAtt [A, B]", { "Fn::GetAtt": ["A", "B"] }],
    ["!Sub 'x-${A}'", { "Fn::Sub": "x-${A}" }],
    ["!Sub ['${A}', {A: !Ref B}]", { "Fn::Sub": ["${A}", { A: { Ref: "B" } }] }],
    ["!If [C, !Ref A, !Ref 'AWS::NoValue']", { "Fn::If": ["C", { Ref: "A" }, { Ref: "AWS::NoValue" }] }],
    ["!Not [!Condition C]", { "Fn::Not": [{ Condition: "C" }] }],
    ["!Select [0, !GetAZs '']", { "Fn::Select": [0, { "Fn::GetAZs": "" }] }],
    ["!Base64\n  Fn::Sub: x", { "Fn::Base64": { "Fn::Sub": "x" } }],
    ["!Transform {Name: AWS::Include}", { "Fn::Transform": { Name: "AWS::Include" } }],
    ["!Ref 10", { Ref: "10" }],
  ])("reads %s", (yaml, expected) => expect(property(yaml)).toEqual(expected));

  it.each([
    ["2012-10-17", "2012-10-17"],
    ["2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"],
    ["yes", true],
    ["Off", false],
    ["y", "y"],
    ["010", 8],
    ["012345678901", "012345678901"],
    ["089", "089"],
    ["0x1F", 31],
    ["1_000", 1000],
    ["22:30", 1350],
    ["-1.5e3", -1500],
    ["1e3", 1000],
    [".5", 0.5],
    ["123456789012345678901", "123456789012345678901"],
    ["~", null],
    ["", null],
    ["!!str 5", "5"],
    ["!!int '5'", 5],
    ["'5'", "5"],
    ["value\t", "value"],
    ["5\t", 5],
    [".inf", ".inf"],
    ["1.2.3", "1.2.3"],
  ])("takes the scalar %j as %j", (yaml, expected) => expect(property(yaml)).toBe(expected));

  it.each([
    ["a list", "A:\n  B: [\n  !Ref x,\n  y\n  ]\nC: 1", { A: { B: [{ Ref: "x" }, "y"] }, C: 1 }],
    ["a map", 'A:\n  B: {"p": [{\n"q": 1 # }\n}]\n}\nC: 1', { A: { B: { p: [{ q: 1 }] } }, C: 1 }],
    ["what is in apostrophes", "A:\n  B: '{\n it''s\n}'\nC: 1", { A: { B: "{ it's }" }, C: 1 }],
    ["what is in quotes", 'A:\n  B: "x\\"\n\ny"\nC: 1', { A: { B: 'x"\ny' }, C: 1 }],
    ["one after the other", "A:\n  B: [\n]\n  C: {\n}\n  D: [\n']'\n]", { A: { B: [], C: {}, D: ["]"] } }],
  ])("does not care how the lines of %s are indented", (_what, text, expected) =>
    expect(parseTemplate(text).body).toEqual(expected),
  );

  it("knows the places of lines that stand too far to the left", () => {
    const { source } = parseTemplate("A:\n  B: [\n  x,\n y]\n  C: 1");
    expect(source.at(["A", "B", 1])).toEqual({ line: 4, column: 2 });
    expect(source.at(["A", "C"])).toEqual({ line: 5, column: 3 });
    expect(() => parseTemplate("A:\n  B: [\n  !No x]")).toThrow("(line 3, column 7)");
    expect(() => parseTemplate("A:\n  B: [\n  x\nC: 1")).toThrow("(line 3, column 3)");
  });

  it("keeps keys as they are written", () => {
    expect(parseTemplate("on: 1\n000123: 2\n~: 3\n1.0: 4").body).toEqual({ on: 1, "000123": 2, "~": 3, "1.0": 4 });
  });

  it("lets the last of duplicate keys count", () => {
    expect(parseTemplate("A: 1\nA: 2").body).toEqual({ A: 2 });
  });

  it.each([
    ["A: [b", "YAML not well-formed. (line 1, column 6)"],
    ["A:\n\tB: c", "YAML not well-formed. (line 2, column 1)"],
    ["A: b: c", "YAML not well-formed. (line 1, column 4)"],
    ["A: !Base64 !Sub x", "YAML not well-formed. (line 1, column 12)"],
    ["A: !Nothing x", "YAML not well-formed. (line 1, column 13)"],
    ["A: !!binary eA==", "YAML not well-formed. (line 1, column 13)"],
    ["A: &x 1\nB: *x", "YAML aliases are not allowed in CloudFormation templates"],
    ["just text", "unsupported structure."],
    ["- a", "unsupported structure."],
    ["", "unsupported structure."],
  ])("refuses %j", (text, message) => expect(() => parseTemplate(text)).toThrow(`Template format error: ${message}`));
});

describe("JSON", () => {
  it("is read where the text opens with a brace", () => {
    expect(parseTemplate(' \n{"A": 1}')).toMatchObject({ format: "JSON", body: { A: 1 } });
  });

  it.each([
    ['{"A": 1,,}', 1, 10],
    ["{,}", 1, 3],
    ['{"not JSON"}', 1, 13],
    ['{\n "A": tru\n}', 2, 10],
    ['{"A": "x\ny"}', 1, 10],
    ['{"A": "x', 1, 9],
    ['{"A": [1 2]}', 1, 11],
    ['{"A": 1', 1, 8],
    ['{"A": 1} x', 1, 11],
  ])("refuses %j and says where", (text, line, column) => {
    expect(() => parseTemplate(text)).toThrow(
      `Template format error: JSON not well-formed. (line ${line}, column ${column})`,
    );
  });

  it("may have a comma behind the last member", () => {
    const { body, source } = parseTemplate('{"A": [1, 2,],\n "B": {"C": 1,},}');
    expect(body).toEqual({ A: [1, 2], B: { C: 1 } });
    expect(source.at(["B"])).toEqual({ line: 2, column: 2 });
  });

  it("finds the places of what it reads, whatever that is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const { body, source } = parseTemplate(JSON.stringify({ key: value }, null, 2));
        expect(body).toEqual(JSON.parse(JSON.stringify({ key: value })));
        expect(source.at(["key"])).toEqual({ line: 2, column: 3 });
      }),
    );
  });
});

describe("source", () => {
  const text = `Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub
        - "\${A}"
        - A: !GetAtt Topic.TopicName
      Tags: [{Key: a}]
`;
  it.each([
    [["Resources", "Queue"], 2, 3],
    [["Resources", "Queue", "Properties", "QueueName"], 5, 7],
    [["Resources", "Queue", "Properties", "QueueName", "Fn::Sub", 1, "A"], 7, 11],
    [["Resources", "Queue", "Properties", "Tags", 0, "Key"], 8, 15],
    // The deepest part that was written there.
    [["Resources", "Queue", "Properties", "Tags", 7], 8, 7],
  ])("finds %j", (path, line, column) => expect(parseTemplate(text).source.at(path)).toEqual({ line, column }));

  it("does not know what was not written", () => {
    expect(parseTemplate(text).source.at(["Resources", "QueuePolicy", "Type"])).toBeUndefined();
  });
});
