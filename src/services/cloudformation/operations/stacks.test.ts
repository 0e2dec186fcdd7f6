import {
  CreateStackCommand,
  type CreateStackCommandInput,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListStackResourcesCommand,
  ValidateTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}";

describe("what a request may say", () => {
  const cases: readonly (readonly [string, Partial<CreateStackCommandInput>, string])[] = [
    [
      "a body that is too long",
      { TemplateBody: `# ${"x".repeat(51_200)}\n${QUEUE}` },
      "at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
    ],
    [
      "snapshots of what has none",
      { TemplateBody: QUEUE.replace("Queue}", "Queue, DeletionPolicy: Snapshot}") },
      "Template error: resource type AWS::SQS::Queue does not support deletion policy Snapshot",
    ],
    [
      "types it does not allow itself",
      { TemplateBody: QUEUE, ResourceTypes: ["AWS::S3::*", "AWS::SNS::Topic"] },
      "Resource type AWS::SQS::Queue is not allowed by parameter ResourceTypes [AWS::S3::*, AWS::SNS::Topic]",
    ],
  ];
  it.each(cases)("refuses %s", async (_what, input, message) => {
    await using fake = await queueCloud();
    await expect(fake.cfn.send(new CreateStackCommand({ StackName: "demo", ...input }))).rejects.toMatchObject({
      name: "ValidationError",
      message: expect.stringContaining(message),
    });
  });
});

describe("what is there", () => {
  it("is shown by resource, template and summary", async () => {
    await using fake = await queueCloud();
    const template =
      "Metadata: {A: b}\nParameters: {P: {Type: String, Default: x, AllowedValues: [x, y]}}\nResources: {Q: {Type: AWS::SQS::Queue, Metadata: {K: v}, Properties: {QueueName: !Ref P}}}";
    await fake.create("demo", template);
    const { StackResources } = await fake.cfn.send(new DescribeStackResourcesCommand({ StackName: "demo" }));
    expect(StackResources).toMatchObject([
      {
        LogicalResourceId: "Q",
        PhysicalResourceId: "https://queues/x",
        ResourceType: "AWS::SQS::Queue",
        ResourceStatus: "CREATE_COMPLETE",
      },
    ]);
    const one = await fake.cfn.send(new DescribeStackResourceCommand({ StackName: "demo", LogicalResourceId: "Q" }));
    expect(one.StackResourceDetail?.Metadata).toBe('{"K":"v"}');
    const listed = await fake.cfn.send(new ListStackResourcesCommand({ StackName: "demo" }));
    expect(listed.StackResourceSummaries).toHaveLength(1);
    const byId = await fake.cfn.send(new DescribeStackResourcesCommand({ PhysicalResourceId: "https://queues/x" }));
    expect(byId.StackResources?.[0]?.StackName).toBe("demo");
    const { TemplateBody } = await fake.cfn.send(new GetTemplateCommand({ StackName: "demo" }));
    expect(TemplateBody).toBe(template);
    const summary = await fake.cfn.send(new GetTemplateSummaryCommand({ StackName: "demo" }));
    expect(summary).toMatchObject({
      ResourceTypes: ["AWS::SQS::Queue"],
      Parameters: [
        {
          ParameterKey: "P",
          DefaultValue: "x",
          ParameterType: "String",
          ParameterConstraints: { AllowedValues: ["x", "y"] },
        },
      ],
      Metadata: '{"A":"b"}',
    });
    const valid = await fake.cfn.send(new ValidateTemplateCommand({ TemplateBody: template }));
    expect(valid.Parameters).toMatchObject([{ ParameterKey: "P", NoEcho: false }]);
    await expect(fake.cfn.send(new ValidateTemplateCommand({ TemplateBody: "Resources: {}" }))).rejects.toThrow(
      "Template format error: At least one Resources member must be defined.",
    );
  });
});
