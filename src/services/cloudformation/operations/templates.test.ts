import {
  CreateStackCommand,
  GetTemplateSummaryCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";

const TOPIC = `Parameters: {Name: {Type: String, Default: AWS::NoValue}, Make: {Type: String, Default: "yes"}}
Conditions: {Made: !Equals [!Ref Make, "yes"]}
Resources:
  Param: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: x}}
  Topic: {Type: AWS::SNS::Topic, Condition: Made, Properties: {TopicName: !Ref Name}}
Outputs:
  Topic: {Value: !If [Made, !GetAtt Topic.TopicName, none]}
`;

const ELSEWHERE = "Resources: {Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1}}}";

describe("templates", () => {
  it("are valid with types that AWS has and no room serves; nothing is made of those", async () => {
    await using cloud = await testCloud();
    const { cfn } = stacksOf(cloud);
    expect((await cfn.send(new ValidateTemplateCommand({ TemplateBody: ELSEWHERE }))).Parameters).toEqual([]);
    const summary = await cfn.send(new GetTemplateSummaryCommand({ TemplateBody: ELSEWHERE }));
    expect(summary.ResourceTypes).toEqual(["AWS::EC2::Instance"]);
    await expect(
      cfn.send(new CreateStackCommand({ StackName: "demo", TemplateBody: ELSEWHERE })),
    ).rejects.toMatchObject({ name: "NotImplemented" });
    const unknown = ELSEWHERE.replace("EC2::Instance", "EC2::Nothing");
    await expect(cfn.send(new ValidateTemplateCommand({ TemplateBody: unknown }))).rejects.toThrow(
      "Unrecognized resource types: [AWS::EC2::Nothing]",
    );
  });

  it("may have members of resources that only their transforms understand", async () => {
    await using cloud = await testCloud();
    const { cfn } = stacksOf(cloud);
    const counted = "Resources: {Topic: {Type: AWS::SNS::Topic, Count: 3}}";
    const transformed = `Transform: Count\n${counted}`;
    expect(await cfn.send(new GetTemplateSummaryCommand({ TemplateBody: transformed }))).toMatchObject({
      DeclaredTransforms: ["Count"],
      ResourceTypes: ["AWS::SNS::Topic"],
    });
    expect(await cfn.send(new ValidateTemplateCommand({ TemplateBody: transformed }))).toMatchObject({
      Parameters: [],
    });
    for (const command of [GetTemplateSummaryCommand, ValidateTemplateCommand]) {
      await expect(cfn.send(new command({ TemplateBody: counted }))).rejects.toThrow(
        "Invalid template resource property 'Count'",
      );
      await expect(cfn.send(new command({ TemplateBody: `Globals: {}\n${counted}` }))).rejects.toThrow(
        "Invalid template property or properties [Globals]",
      );
    }
  });

  it("take a parameter for no value at all", async () => {
    await using cloud = await testCloud();
    const stacks = stacksOf(cloud);
    await stacks.create("demo", TOPIC);
    expect((await stacks.stack("demo"))?.Outputs?.[0]?.OutputValue).toMatch(/^demo-Topic-/);
  });
});

describe("refusals", () => {
  it("an output cannot tell of what is not made", async () => {
    await using cloud = await testCloud();
    const { cfn } = stacksOf(cloud);
    const asked = (TemplateBody: string) =>
      cfn.send(
        new CreateStackCommand({
          StackName: "demo",
          TemplateBody,
          Parameters: [{ ParameterKey: "Make", ParameterValue: "no" }],
        }),
      );
    await expect(asked(TOPIC.replace("!If [Made, !GetAtt Topic.TopicName, none]", "!Ref Topic"))).rejects.toThrow(
      /^Unresolved resource dependencies \[Topic\] in the Outputs block of the template$/,
    );
    expect(await asked(TOPIC)).toHaveProperty("StackId");
  });

  it("a template is named by a web address", async () => {
    await using cloud = await testCloud();
    const { cfn } = stacksOf(cloud);
    await expect(
      cfn.send(new CreateStackCommand({ StackName: "demo", TemplateURL: "s3://bucket/template.yml" })),
    ).rejects.toThrow("S3 error: Domain name specified in bucket is not a valid S3 domain");
  });
});

describe("UpdateStack", () => {
  it("goes on showing what the stack was allowed, and asks again for what it needs", async () => {
    await using cloud = await testCloud();
    const stacks = stacksOf(cloud);
    await stacks.create("demo", TOPIC, { Capabilities: ["CAPABILITY_IAM"] });
    const update = (TemplateBody: string) =>
      stacks.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody }));
    await update(TOPIC.replace("Value: x", "Value: y"));
    await cloud.tasks.idle();
    expect((await stacks.stack("demo"))?.Capabilities).toEqual(["CAPABILITY_IAM"]);
    const role = "{Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}";
    await expect(update(`Resources: {Role: ${role}}`)).rejects.toMatchObject({
      name: "InsufficientCapabilitiesException",
    });
  });
});
