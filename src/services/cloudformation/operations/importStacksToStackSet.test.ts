import {
  CreateStackSetCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  ImportStacksToStackSetCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { template, withRoles } from "../stackSets/stackSetFixture.ts";

const withStack = async () => {
  const fake = await withRoles();
  await fake.makeRoles();
  const Parameters = [{ ParameterKey: "Name", ParameterValue: "mine" }];
  await fake.createStack("alone", template(3), { Parameters });
  const stack = await fake.stack("alone");
  return { ...fake, StackId: stack?.StackId ?? "", [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose]() };
};

describe("a stack that is there", () => {
  it("becomes an instance of a stack set that is made of it", async () => {
    await using fake = await withStack();
    const { cfn, StackId } = fake;
    await cfn.send(new CreateStackSetCommand({ StackSetName: "ours", StackId }));
    const { StackSet } = await cfn.send(new DescribeStackSetCommand({ StackSetName: "ours" }));
    expect(StackSet).toMatchObject({
      TemplateBody: template(3),
      Parameters: [{ ParameterKey: "Name", ParameterValue: "mine" }],
    });
    const asked = { StackSetName: "ours", StackIds: [StackId] };
    const { OperationId } = await cfn.send(new ImportStacksToStackSetCommand(asked));
    await fake.cloud.tasks.idle();
    const of = { StackSetName: "ours", OperationId };
    const { StackSetOperation } = await cfn.send(new DescribeStackSetOperationCommand(of));
    expect(StackSetOperation).toMatchObject({ Action: "CREATE", Status: "SUCCEEDED" });
    const place = { StackInstanceAccount: TEST_ACCOUNT, StackInstanceRegion: "us-east-1" };
    const { StackInstance } = await cfn.send(new DescribeStackInstanceCommand({ StackSetName: "ours", ...place }));
    expect(StackInstance).toMatchObject({ StackId, Status: "CURRENT", ParameterOverrides: [] });
    expect((await fake.stack("alone"))?.StackStatus).toBe("CREATE_COMPLETE");
  });

  it("becomes what another stack set says, and keeps its own parameters", async () => {
    await using fake = await withStack();
    const { cfn, StackId, StackSetName } = fake;
    await cfn.send(new ImportStacksToStackSetCommand({ StackSetName, StackIds: [StackId] }));
    await fake.cloud.tasks.idle();
    expect(fake.world.queues.get("mine-us-east-1")).toMatchObject({ DelaySeconds: 1 });
    const place = { StackInstanceAccount: TEST_ACCOUNT, StackInstanceRegion: "us-east-1" };
    const { StackInstance } = await cfn.send(new DescribeStackInstanceCommand({ StackSetName, ...place }));
    expect(StackInstance?.ParameterOverrides).toEqual([{ ParameterKey: "Name", ParameterValue: "mine" }]);
  });

  it("that does not become so is an import that failed", async () => {
    await using fake = await withStack();
    const { cfn, StackId, StackSetName } = fake;
    fake.world.failing.add("mine-us-east-1");
    await cfn.send(new ImportStacksToStackSetCommand({ StackSetName, StackIds: [StackId] }));
    await fake.cloud.tasks.idle();
    expect((await fake.instances()).map((each) => each.StackInstanceStatus)).toEqual([
      { DetailedStatus: "FAILED_IMPORT" },
    ]);
  });

  it("belongs to one stack set", async () => {
    await using fake = await withStack();
    const { cfn, StackId, StackSetName } = fake;
    const take = (name: string, StackIds?: string[]) =>
      cfn.send(new ImportStacksToStackSetCommand({ StackSetName: name, StackIds }));
    await take(StackSetName, [StackId]);
    await cfn.send(new CreateStackSetCommand({ StackSetName: "ours", StackId }));
    expect(await refusal(take("ours", [StackId]))).toMatch(/^InvalidOperationException: Stack .* already belongs/);
    expect(await refusal(take("ours", [`${StackId}0`]))).toMatch(/^StackNotFoundException/);
    expect(
      await refusal(
        take(
          "ours",
          Array.from({ length: 11 }, () => StackId),
        ),
      ),
    ).toMatch(/^LimitExceededException/);
    expect(await refusal(take("ours"))).toMatch(/^ValidationError/);
  });
});
