import {
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DetectStackSetDriftCommand,
  ListStackInstanceResourceDriftsCommand,
  ListStackInstancesCommand,
  UpdateStackSetCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { template, withRoles } from "../stackSets/stackSetFixture.ts";

const deployed = async () => {
  const fake = await withRoles();
  await fake.makeRoles();
  await fake.create();
  const { cfn, StackSetName } = fake;
  const detect = async () => fake.settled(await cfn.send(new DetectStackSetDriftCommand({ StackSetName })));
  const details = async () => {
    const { StackSet } = await cfn.send(new DescribeStackSetCommand({ StackSetName }));
    return StackSet?.StackSetDriftDetectionDetails;
  };
  return { ...fake, detect, details, [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose]() };
};

describe("the drift of a stack set", () => {
  it("is that of its instances' stacks, and tells of their resources", async () => {
    await using fake = await deployed();
    const { cfn, StackSetName } = fake;
    expect(await fake.details()).toMatchObject({ DriftStatus: "NOT_CHECKED" });
    expect(await fake.detect()).toMatchObject({ Action: "DETECT_DRIFT", Status: "SUCCEEDED" });
    expect(await fake.details()).toMatchObject({
      DriftStatus: "IN_SYNC",
      DriftDetectionStatus: "COMPLETED",
      TotalStackInstancesCount: 2,
      InSyncStackInstancesCount: 2,
    });
    fake.world.queues.set("q-eu-west-1", { QueueName: "q-eu-west-1", DelaySeconds: 9 });
    const operation = await fake.detect();
    expect(operation?.StackSetDriftDetectionDetails).toMatchObject({ DriftedStackInstancesCount: 1 });
    expect(await fake.details()).toMatchObject({ DriftStatus: "DRIFTED", InSyncStackInstancesCount: 1 });
    const place = { StackInstanceAccount: TEST_ACCOUNT, StackInstanceRegion: "eu-west-1" };
    const { StackInstance } = await cfn.send(new DescribeStackInstanceCommand({ StackSetName, ...place }));
    expect(StackInstance).toMatchObject({ DriftStatus: "DRIFTED", LastDriftCheckTimestamp: expect.any(Date) });
    const drifted = { Name: "DRIFT_STATUS", Values: "DRIFTED" } as const;
    const { Summaries = [] } = await cfn.send(new ListStackInstancesCommand({ StackSetName, Filters: [drifted] }));
    expect(Summaries.map(({ Region }) => Region)).toEqual(["eu-west-1"]);
    const asked = { StackSetName, ...place, OperationId: operation?.OperationId };
    const found = await cfn.send(new ListStackInstanceResourceDriftsCommand(asked));
    expect(found.Summaries).toMatchObject([
      {
        LogicalResourceId: "Q",
        StackResourceDriftStatus: "MODIFIED",
        PropertyDifferences: [{ PropertyPath: "/DelaySeconds", ExpectedValue: "1", ActualValue: "9" }],
      },
    ]);
  });

  it("is not known any more of what has been changed since", async () => {
    await using fake = await deployed();
    const { cfn, StackSetName } = fake;
    await fake.detect();
    await fake.settled(await cfn.send(new UpdateStackSetCommand({ StackSetName, TemplateBody: template(2) })));
    expect((await fake.instances()).map(({ DriftStatus }) => DriftStatus)).toEqual(["NOT_CHECKED", "NOT_CHECKED"]);
  });

  it("is told only of operations and instances that are there", async () => {
    await using fake = await deployed();
    const { cfn, StackSetName } = fake;
    const place = { StackInstanceAccount: TEST_ACCOUNT, StackInstanceRegion: "eu-west-1", OperationId: "none" };
    const of = (more: object) =>
      refusal(cfn.send(new ListStackInstanceResourceDriftsCommand({ StackSetName, ...place, ...more })));
    expect(await of({})).toMatch(/^OperationNotFoundException/);
    expect(await of({ StackInstanceRegion: "us-west-2" })).toMatch(/^StackInstanceNotFoundException/);
    expect(await of({ StackSetName: "none" })).toMatch(/^StackSetNotFoundException/);
  });
});
