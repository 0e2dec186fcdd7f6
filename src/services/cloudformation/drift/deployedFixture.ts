import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStackResourcesCommand,
  DetectStackDriftCommand,
} from "@aws-sdk/client-cloudformation";
import { expect } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";
import { parseTemplate } from "../template/parse.ts";

/** A stack of real resource types, and what a look at it finds. */
export const deployed = async (template: string, prepare: (cloud: TestCloud) => Promise<void> = async () => {}) => {
  const cloud = await testCloud();
  await prepare(cloud);
  const stacks = stacksOf(cloud);
  await stacks.create("demo", template, {
    Tags: [{ Key: "cost", Value: "centre" }],
    Capabilities: ["CAPABILITY_NAMED_IAM"],
  });
  const { StackResources = [] } = await stacks.cfn.send(new DescribeStackResourcesCommand({ StackName: "demo" }));
  const ids = new Map(StackResources.map((each) => [each.LogicalResourceId, each.PhysicalResourceId ?? ""]));
  const look = async () => {
    const { StackDriftDetectionId } = await stacks.cfn.send(new DetectStackDriftCommand({ StackName: "demo" }));
    await cloud.tasks.idle();
    const status = await stacks.cfn.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    expect(status.DetectionStatusReason).toBeUndefined();
    const asked = new DescribeStackResourceDriftsCommand({ StackName: "demo", MaxResults: 100 });
    return (await stacks.cfn.send(asked)).StackResourceDrifts ?? [];
  };
  const logicalIds = Object.keys(parseTemplate(template).body["Resources"] ?? {});
  /** How each resource compares with its template. */
  const drifts = async () =>
    (await look()).map((drift) => ({
      id: drift.LogicalResourceId ?? "",
      status: drift.StackResourceDriftStatus,
      differences: (drift.PropertyDifferences ?? []).map((each) =>
        [each.DifferenceType, each.PropertyPath, each.ExpectedValue, each.ActualValue].join(" "),
      ),
    }));
  return {
    cloud,
    stacks,
    logicalIds,
    idOf: (logicalId: string) => ids.get(logicalId) ?? "",
    drifts,
    /** Nothing failed, and each resource is read and is as its template says. */
    expectInSync: async () => {
      expect((await stacks.events("demo")).filter((event) => event.includes("FAILED"))).toEqual([]);
      const found = await drifts();
      expect(found.filter(({ status }) => status !== "IN_SYNC")).toEqual([]);
      expect(found.map(({ id }) => id).sort()).toEqual(logicalIds.toSorted());
    },
    /** What the services say of each resource. */
    actuals: async () =>
      (await look()).map(
        ({ LogicalResourceId = "", ActualProperties = "{}" }) => [LogicalResourceId, ActualProperties] as const,
      ),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
};
