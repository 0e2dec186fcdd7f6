import {
  DescribeAccountLimitsCommand,
  DescribeEventsCommand,
  DescribeStacksCommand,
  DescribeTypeCommand,
  EstimateTemplateCostCommand,
  GetTemplateSummaryCommand,
  ListTypesCommand,
  ListTypeVersionsCommand,
  RegisterTypeCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}}";

describe("the type registry", () => {
  it("lists the types that are here, and shows their schemas", async () => {
    await using fake = await queueCloud();
    const { TypeSummaries = [] } = await fake.cfn.send(new ListTypesCommand({ Visibility: "PUBLIC" }));
    expect(TypeSummaries.map(({ TypeName }) => TypeName)).toContain("AWS::SQS::Queue");
    expect((await fake.cfn.send(new ListTypesCommand({}))).TypeSummaries).toEqual([]);
    const type = await fake.cfn.send(new DescribeTypeCommand({ Type: "RESOURCE", TypeName: "AWS::SQS::Queue" }));
    expect(type).toMatchObject({
      Arn: "arn:aws:cloudformation:us-east-1::type/resource/AWS-SQS-Queue",
      ProvisioningType: "FULLY_MUTABLE",
      Visibility: "PUBLIC",
    });
    expect(JSON.parse(type.Schema ?? "")).toMatchObject({
      typeName: "AWS::SQS::Queue",
      properties: { DelaySeconds: { type: "integer" }, Tags: { type: "array", items: { $ref: "#/definitions/Tag" } } },
      createOnlyProperties: expect.arrayContaining(["/properties/QueueName"]),
      primaryIdentifier: ["/properties/QueueUrl"],
      definitions: { Tag: { type: "object", required: ["Key", "Value"] } },
    });
    const { TypeVersionSummaries } = await fake.cfn.send(new ListTypeVersionsCommand({ Arn: type.Arn }));
    expect(TypeVersionSummaries).toHaveLength(1);
  });

  it("knows no other type, and registers none", async () => {
    await using fake = await queueCloud();
    await expect(
      fake.cfn.send(new DescribeTypeCommand({ Type: "RESOURCE", TypeName: "AWS::Nope::Nope" })),
    ).rejects.toMatchObject({ name: "TypeNotFoundException", message: "The type 'AWS::Nope::Nope' cannot be found." });
    await expect(
      fake.cfn.send(new RegisterTypeCommand({ TypeName: "My::Own::Type", SchemaHandlerPackage: "s3://b/k.zip" })),
    ).rejects.toMatchObject({ name: "NotImplemented", message: expect.stringContaining("RegisterType") });
  });
});

describe("GetTemplateSummary", () => {
  it("says how resources are known, and warns of types it does not know when asked to", async () => {
    await using fake = await queueCloud();
    const summary = await fake.cfn.send(new GetTemplateSummaryCommand({ TemplateBody: QUEUE }));
    expect(summary.ResourceIdentifierSummaries).toEqual([
      { ResourceType: "AWS::SQS::Queue", LogicalResourceIds: ["Q"], ResourceIdentifiers: ["QueueUrl"] },
    ]);
    const TemplateBody = "Resources: {X: {Type: AWS::Nope::Nope}}";
    await expect(fake.cfn.send(new GetTemplateSummaryCommand({ TemplateBody }))).rejects.toThrow(
      "Unrecognized resource types: [AWS::Nope::Nope]",
    );
    const warned = await fake.cfn.send(
      new GetTemplateSummaryCommand({
        TemplateBody,
        TemplateSummaryConfig: { TreatUnrecognizedResourceTypesAsWarnings: true },
      }),
    );
    expect(warned.Warnings?.UnrecognizedResourceTypes).toEqual(["AWS::Nope::Nope"]);
  });
});

describe("EstimateTemplateCost and DescribeAccountLimits", () => {
  it("answer for a sound template only", async () => {
    await using fake = await queueCloud();
    const { Url } = await fake.cfn.send(new EstimateTemplateCostCommand({ TemplateBody: QUEUE }));
    expect(Url).toMatch(/^http:\/\/calculator\.s3\.amazonaws\.com\/calc5\.html\?key=/);
    await expect(
      fake.cfn.send(new EstimateTemplateCostCommand({ TemplateBody: `Parameters: {P: {Type: String}}\n${QUEUE}` })),
    ).rejects.toThrow("Parameters: [P] must have values");
    await expect(fake.cfn.send(new EstimateTemplateCostCommand({}))).rejects.toMatchObject({
      name: "ValidationError",
      message: "Either Template URL or Template Body must be specified.",
    });
    const unknown = [{ ParameterKey: "X", ParameterValue: "1" }];
    await expect(
      fake.cfn.send(new EstimateTemplateCostCommand({ TemplateBody: QUEUE, Parameters: unknown })),
    ).rejects.toThrow("Parameters: [X] do not exist in the template");
    const { AccountLimits } = await fake.cfn.send(new DescribeAccountLimitsCommand({}));
    expect(AccountLimits).toContainEqual({ Name: "StackLimit", Value: 2000 });
  });
});

describe("DescribeEvents", () => {
  it("tells of one operation, or of what failed in it", async () => {
    await using fake = await queueCloud();
    await fake.create("demo", QUEUE);
    const { Stacks = [] } = await fake.cfn.send(new DescribeStacksCommand({ StackName: "demo" }));
    const OperationId = Stacks[0]?.LastOperations?.[0]?.OperationId;
    const { OperationEvents = [] } = await fake.cfn.send(new DescribeEventsCommand({ OperationId }));
    expect(OperationEvents.map(({ OperationType, ResourceStatus }) => [OperationType, ResourceStatus])).toEqual(
      ["CREATE_COMPLETE", "CREATE_COMPLETE", "CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS"].map(
        (status) => ["CREATE_STACK", status],
      ),
    );
    fake.world.failing.add("bad");
    await fake.create("broken", QUEUE.replace(": q}", ": bad}"));
    const failed = await fake.cfn.send(
      new DescribeEventsCommand({ StackName: "broken", Filters: { FailedEvents: true } }),
    );
    expect(failed.OperationEvents).toMatchObject([
      { LogicalResourceId: "Q", ResourceStatus: "CREATE_FAILED", EventType: "PROVISIONING_ERROR" },
    ]);
  });
});
