import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStackResourcesCommand,
  DetectStackDriftCommand,
} from "@aws-sdk/client-cloudformation";
import { expect } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";
import { parseTemplate } from "../template/parse.ts";

/** A stack of real resource types, and what a look at it finds. */
export const deployed = async (template: string) => {
  const cloud = await testCloud();
  const stacks = stacksOf(cloud);
  await stacks.create("demo", template, {
    Tags: [{ Key: "cost", Value: "centre" }],
    Capabilities: ["CAPABILITY_NAMED_IAM"],
  });
  const { StackResources = [] } = await stacks.cfn.send(new DescribeStackResourcesCommand({ StackName: "demo" }));
  const ids = new Map(StackResources.map((each) => [each.LogicalResourceId, each.PhysicalResourceId ?? ""]));
  return {
    cloud,
    stacks,
    logicalIds: Object.keys(parseTemplate(template).body["Resources"] ?? {}),
    idOf: (logicalId: string) => ids.get(logicalId) ?? "",
    drifts: async () => {
      const { StackDriftDetectionId } = await stacks.cfn.send(new DetectStackDriftCommand({ StackName: "demo" }));
      await cloud.tasks.idle();
      const status = await stacks.cfn.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
      expect(status.DetectionStatusReason).toBeUndefined();
      const { StackResourceDrifts = [] } = await stacks.cfn.send(
        new DescribeStackResourceDriftsCommand({ StackName: "demo", MaxResults: 100 }),
      );
      return StackResourceDrifts.map((drift) => ({
        id: drift.LogicalResourceId,
        status: drift.StackResourceDriftStatus,
        actual: drift.ActualProperties,
        differences: (drift.PropertyDifferences ?? []).map((each) =>
          [each.DifferenceType, each.PropertyPath, each.ExpectedValue, each.ActualValue].join(" "),
        ),
      }));
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};
