import { describe, expect, it } from "vitest";
import { checkTemplate } from "./check.ts";
import { parseTemplate } from "./parse.ts";
import { readTemplate } from "./read.ts";

const check = (text: string) =>
  checkTemplate(readTemplate(parseTemplate(text).body), (type) =>
    type === "AWS::SQS::Queue" ? (name) => name === "Arn" : undefined,
  );

const QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}";
const withProperty = (value: string) =>
  `Resources: {Q: {Type: AWS::SQS::Queue}, R: {Type: AWS::SQS::Queue, Properties: {P: ${value}}}}`;

describe("structure", () => {
  it.each([
    ["Description: x", "Template format error: At least one Resources member must be defined."],
    [`${QUEUE}\nOutput: {}\nFoo: 1`, "Invalid template property or properties [Output, Foo]"],
    [
      `${QUEUE}\nAWSTemplateFormatVersion: 2011-01-01`,
      "Template format error: 2011-01-01 is not a supported value for AWSTemplateFormatVersion.",
    ],
    [`${QUEUE}\nOutputs:`, "[/Outputs] 'null' values are not allowed in templates"],
    [
      "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {A: {B: }}}}",
      "[/Resources/Q/Type/A/B] 'null' values are not allowed in templates",
    ],
    [`${QUEUE}\nDescription: ${"x".repeat(1025)}`, "Template format error: 'Description' length is greater than 1024."],
    ["Resources: {a-b: {Type: T}}", "Template format error: Resource name a-b is non alphanumeric."],
    [
      "Resources: {Q: {Properties: {}}}",
      "Template format error: [/Resources/Q] Every Resources object must contain a Type member.",
    ],
    ["Resources: {Q: {Type: T, Propertie: {}}}", "Invalid template resource property 'Propertie'"],
    [
      "Resources: {Q: {Type: T, Description: [a]}}",
      "Template format error: Every Description member must be a string.",
    ],
    ["Resources: {Q: {Type: T, Version: 1.0}}", "Invalid template resource property 'Version'"],
    ["Resources: {Q: text}", "Template format error: Any Resources member must be a JSON object."],
    [
      "Resources: {Q: {Type: T, Properties: []}}",
      "Template format error: Any Properties member must be a JSON object.",
    ],
    [
      "Resources: {Q: {Type: T, DependsOn: {A: b}}}",
      "Template format error: DependsOn must be a string or list of strings.",
    ],
    [
      "Resources: {Q: {Type: T, DeletionPolicy: Keep}}",
      "Template format error: Unrecognized DeletionPolicy Keep for resource Q",
    ],
    [
      "Resources: {Q: {Type: T, DeletionPolicy: [Retain]}}",
      "Template format error: Every DeletionPolicy member must be a string.",
    ],
    [
      `${QUEUE}\nOutputs: {O: {Description: x}}`,
      "Template format error: Every Outputs member must contain a Value object",
    ],
    [
      `${QUEUE}\nOutputs: {O: {Value: x, Export: {}}}`,
      "Template format error: Every Export member must contain a Name object",
    ],
    [`${QUEUE}\nOutputs: {o-o: {Value: x}}`, "Template format error: Output name o-o is non alphanumeric."],
    [`${QUEUE}\nMappings: {M: {a: b}}`, "Template format error: Every Mappings member M must be a map"],
    [
      `${QUEUE}\nMappings: {M: {a: {b: {c: d}}}}`,
      "Template format error: Every Mappings attribute must be a String or a List.",
    ],
    [
      `${QUEUE}\nParameters: {P: {Default: x}}`,
      "Template format error: Every Parameters object must contain a Type member.",
    ],
    [`${QUEUE}\nParameters: {P: {Type: Text}}`, "Template format error: Unrecognized parameter type: Text"],
    [`${QUEUE}\nParameters: {P: {Type: String, Defualt: x}}`, "Invalid template parameter property 'Defualt'"],
    [
      `${QUEUE}\nParameters: {P: {Type: String, Default: [x]}}`,
      "Template format error: Every Default member must be a string.",
    ],
    [
      `${QUEUE}\nParameters: {P: {Type: List<AWS::EC2::KeyPair::KeyName>}}`,
      "Template format error: Unrecognized parameter type: List<AWS::EC2::KeyPair::KeyName>",
    ],
  ])("refuses %s", (text, message) => expect(() => check(text)).toThrow(message));

  it("lets a resource bear a description, and a custom one a version", () => {
    check("Resources: {Q: {Type: Custom::Q, Description: why, Version: 1.0, Properties: {ServiceToken: a}}}");
  });

  it("counts", () => {
    const resources = Array.from({ length: 501 }, (_, index) => `R${index}: {Type: T}`).join(", ");
    expect(() => check(`Resources: {${resources}}`)).toThrow(
      "Template format error: Number of resources, 501, is greater than maximum allowed, 500",
    );
  });
});

describe("functions", () => {
  it.each([
    [
      "!Ref Nope",
      "Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template",
    ],
    [
      "!Sub '${Nope}${Q}${Other}'",
      "Template format error: Unresolved resource dependencies [Nope, Other] in the Resources block of the template",
    ],
    ["!GetAtt Nope.Arn", "Template error: instance of Fn::GetAtt references undefined resource Nope"],
    ["!Sub '${Nope.Arn}'", "Template error: instance of Fn::Sub references invalid resource attribute Nope.Arn"],
    ["!GetAtt Q.Foo", "Template error: resource Q does not support attribute type Foo in Fn::GetAtt"],
    [
      "!GetAtt Q",
      "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
    ],
    ["!Ref [a]", "Template error: every Ref object must have a single String value."],
    ["!Sub {a: b}", "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments."],
    [
      "!Sub '${a b}'",
      "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons",
    ],
    [
      "!Sub ['${a}', {a: [b]}]",
      "Template error: every value of the context object of every Fn::Sub object must be a string or a function that returns a string",
    ],
    ["!Join [a]", "Template error: every Fn::Join object requires two parameters"],
    [
      "!Select [x, [a]]",
      "Template error: Fn::Select requires a list argument with two elements: an integer index and a list",
    ],
    ["!Split ['', a]", "Template error: every Fn::Split object requires two parameters"],
    ["!If [C, a]", "Template error: Fn::If requires a list argument with three elements"],
    ["!If [C, a, b]", "Template error: unresolved condition dependency C in Fn::If"],
    ["!Equals [a, b]", "Template error: Fn::Equals cannot be partially collapsed"],
    ["!FindInMap [M, a, b]", "Template error: Mapping named 'M' is not present in the 'Mappings' section of template."],
    [
      "!Length [a]",
      "Template Error: Encountered unsupported function: Fn::Length Supported functions are: [Fn::Base64, ",
    ],
    ["{'Fn::Nope': a}", "Template Error: Encountered unsupported function: Fn::Nope"],
  ])("refuses %s", (value, message) => expect(() => check(withProperty(value))).toThrow(message));

  it.each([
    [
      "Conditions: {C: !Equals [!Ref Q, a]}",
      "Template format error: Unresolved dependencies [Q]. Cannot reference resources in the Conditions block of the template",
    ],
    ["Conditions: {C: !Equals [!ImportValue x, a]}", "Template error: Cannot use Fn::ImportValue in Conditions."],
    [
      "Conditions: {C: 'true'}",
      "Template format error: Conditions can only be boolean operations on parameters and other conditions",
    ],
    ["Conditions: {C: !Not [!Condition D]}", "Template error: unresolved condition dependency D in Condition"],
    [
      "Conditions: {C: !And [!Condition C]}",
      "Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.",
    ],
    [
      "Outputs: {O: {Value: !Ref Nope}}",
      "Template format error: Unresolved resource dependencies [Nope] in the Outputs block of the template",
    ],
    [
      "Outputs: {O: {Value: x, Condition: Nope}}",
      "Template format error: Unresolved condition dependency Nope in the Outputs block of the template",
    ],
    [
      "Outputs: {O: {Value: x, Export: {Name: !Ref Q}}}",
      "Template error: Output Export Name must not depend on any resources",
    ],
  ])("refuses %s", (section, message) => expect(() => check(`${QUEUE}\n${section}`)).toThrow(message));

  it("lets plain objects look a little like functions", () => {
    check(
      withProperty(
        "{Condition: {StringEquals: {a: b}}, Statement: [{Ref: AWS::StackName}], Value: {Ref: Q, Other: x}}",
      ),
    );
  });

  it("says where it is", () => {
    const parsed = parseTemplate(
      "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Ref Nope\n",
    );
    try {
      checkTemplate(readTemplate(parsed.body));
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ path: ["Resources", "Q", "Properties", "QueueName", "Ref"] });
    }
  });
});
