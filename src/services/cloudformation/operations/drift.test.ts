import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStackResourcesCommand,
  DetectStackDriftCommand,
  DetectStackResourceDriftCommand,
  GetTemplateCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const TEMPLATE = `Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: a, DelaySeconds: 5, Tags: [{Key: x, Value: y}]}}
  B: {Type: AWS::SQS::Queue, Properties: {QueueName: b}}
  C: {Type: AWS::SQS::Queue, Properties: {QueueName: c}}
  H: {Type: AWS::CloudFormation::WaitConditionHandle}
`;

const drifted = async () => {
  const fake = await queueCloud();
  await fake.create("demo", TEMPLATE);
  return {
    ...fake,
    detect: async (LogicalResourceIds?: string[]) => {
      const { StackDriftDetectionId } = await fake.cfn.send(
        new DetectStackDriftCommand({ StackName: "demo", LogicalResourceIds }),
      );
      await fake.cloud.tasks.idle();
      return fake.cfn.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    },
    drifts: async () => {
      const { StackResourceDrifts = [] } = await fake.cfn.send(
        new DescribeStackResourceDriftsCommand({ StackName: "demo" }),
      );
      return StackResourceDrifts;
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
};

describe("drift detection", () => {
  it("finds a stack as its template says, whatever else the services have added", async () => {
    await using fake = await drifted();
    fake.world.queues.set("a", {
      QueueName: "a",
      DelaySeconds: "5",
      VisibilityTimeout: 30,
      Tags: [
        { Key: "aws:cloudformation:stack-name", Value: "demo" },
        { Key: "x", Value: "y" },
      ],
    });
    expect(await fake.detect()).toMatchObject({
      DetectionStatus: "DETECTION_COMPLETE",
      StackDriftStatus: "IN_SYNC",
      DriftedStackResourceCount: 0,
    });
    // AWS: what cannot be looked at is not in the list.
    expect((await fake.drifts()).map((drift) => [drift.LogicalResourceId, drift.StackResourceDriftStatus])).toEqual([
      ["A", "IN_SYNC"],
      ["B", "IN_SYNC"],
      ["C", "IN_SYNC"],
    ]);
    expect((await fake.stack("demo"))?.DriftInformation).toMatchObject({ StackDriftStatus: "IN_SYNC" });
  });

  it("says what differs, and what is gone", async () => {
    await using fake = await drifted();
    fake.world.queues.set("a", { QueueName: "a", DelaySeconds: 9, Tags: [{ Key: "z", Value: "w" }] });
    fake.world.queues.delete("b");
    expect(await fake.detect()).toMatchObject({ StackDriftStatus: "DRIFTED", DriftedStackResourceCount: 2 });
    expect(await fake.drifts()).toMatchObject([
      {
        LogicalResourceId: "A",
        StackResourceDriftStatus: "MODIFIED",
        PropertyDifferences: [
          { PropertyPath: "/DelaySeconds", ExpectedValue: "5", ActualValue: "9", DifferenceType: "NOT_EQUAL" },
          { PropertyPath: "/Tags/0/Key", ExpectedValue: "x", ActualValue: "z" },
          { PropertyPath: "/Tags/0/Value", ExpectedValue: "y", ActualValue: "w" },
        ],
      },
      { LogicalResourceId: "B", StackResourceDriftStatus: "DELETED", PropertyDifferences: [] },
      { LogicalResourceId: "C", StackResourceDriftStatus: "IN_SYNC" },
    ]);
    const { StackResourceDetail } = await fake.cfn.send(
      new DescribeStackResourceCommand({ StackName: "demo", LogicalResourceId: "A" }),
    );
    expect(StackResourceDetail?.DriftInformation).toMatchObject({ StackResourceDriftStatus: "MODIFIED" });
  });

  it("forgets what it saw of a resource that has been changed since", async () => {
    await using fake = await drifted();
    await fake.detect();
    const { StackResources = [] } = await fake.cfn.send(new DescribeStackResourcesCommand({ StackName: "demo" }));
    expect(StackResources.find((each) => each.LogicalResourceId === "A")?.DriftInformation).toMatchObject({
      StackResourceDriftStatus: "IN_SYNC",
    });
    const { TemplateBody = "" } = await fake.cfn.send(new GetTemplateCommand({ StackName: "demo" }));
    const changed = TemplateBody.replace(/DelaySeconds: 5/, "DelaySeconds: 6");
    await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: changed }));
    await fake.cloud.tasks.idle();
    const after = await fake.cfn.send(new DescribeStackResourcesCommand({ StackName: "demo" }));
    expect(
      after.StackResources?.map((each) => [each.LogicalResourceId, each.DriftInformation?.StackResourceDriftStatus]),
    ).toEqual(
      expect.arrayContaining([
        ["A", "NOT_CHECKED"],
        ["B", "IN_SYNC"],
      ]),
    );
  });

  it("looks at single resources, and lists by what it found", async () => {
    await using fake = await drifted();
    fake.world.queues.delete("b");
    expect(await fake.detect(["B"])).toMatchObject({ StackDriftStatus: "DRIFTED", DriftedStackResourceCount: 1 });
    expect(
      await fake.cfn.send(new DetectStackResourceDriftCommand({ StackName: "demo", LogicalResourceId: "C" })),
    ).toMatchObject({ StackResourceDrift: { StackResourceDriftStatus: "IN_SYNC", ResourceType: "AWS::SQS::Queue" } });
    const { StackResourceDrifts } = await fake.cfn.send(
      new DescribeStackResourceDriftsCommand({ StackName: "demo", StackResourceDriftStatusFilters: ["DELETED"] }),
    );
    expect(StackResourceDrifts?.map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(["B"]);
  });

  it("does not say of what it cannot see that it is in sync", async () => {
    await using fake = await drifted();
    fake.world.queues.set("a", { QueueName: "a", DelaySeconds: 5 });
    expect(await fake.detect()).toMatchObject({ StackDriftStatus: "UNKNOWN", DriftedStackResourceCount: 0 });
    expect((await fake.drifts())[0]).toMatchObject({ LogicalResourceId: "A", StackResourceDriftStatus: "UNKNOWN" });
  });

  it("is refused for what is not there, or cannot be looked at", async () => {
    await using fake = await drifted();
    await expect(fake.detect(["Z"])).rejects.toThrow("Resource Z does not exist for stack demo");
    await expect(
      fake.cfn.send(new DetectStackResourceDriftCommand({ StackName: "demo", LogicalResourceId: "H" })),
    ).rejects.toThrow("not supported for resource type AWS::CloudFormation::WaitConditionHandle");
    const StackDriftDetectionId = "00000000-0000-0000-0000-000000000000";
    await expect(
      fake.cfn.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId })),
    ).rejects.toMatchObject({ name: "ValidationError" });
  });
});
