import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DeleteStackCommand,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DescribeStacksCommand,
  ListStackSetOperationResultsCommand,
  ListStackSetOperationsCommand,
  ListStackSetsCommand,
  StopStackSetOperationCommand,
  UpdateStackCommand,
  UpdateStackInstancesCommand,
  UpdateStackSetCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { TEST_ACCOUNT } from "../../../../test/harness.ts";
import { queueCloud } from "../../../../test/queueCloud.ts";
import { REGIONS, template, withRoles } from "../stackSets/stackSetFixture.ts";

describe("a stack set", () => {
  it("makes stacks in every region it is given, changes them and takes them away", async () => {
    await using fake = await withRoles();
    await fake.makeRoles();
    expect(await fake.create()).toMatchObject({ Action: "CREATE", Status: "SUCCEEDED" });
    expect([...fake.world.queues.keys()].sort()).toEqual(["q-eu-west-1", "q-us-east-1"]);
    expect((await fake.instances()).map(({ Region, Status }) => [Region, Status])).toEqual([
      ["eu-west-1", "CURRENT"],
      ["us-east-1", "CURRENT"],
    ]);
    const elsewhere = fake.cloud.client(CloudFormationClient, { region: "eu-west-1" });
    const { Stacks = [] } = await elsewhere.send(new DescribeStacksCommand({}));
    expect(Stacks[0]?.StackName).toMatch(/^StackSet-everywhere-/);
    const { StackSetName } = fake;
    const updated = await fake.settled(
      await fake.cfn.send(
        new UpdateStackSetCommand({
          StackSetName,
          TemplateBody: template(2),
          Accounts: [TEST_ACCOUNT],
          Regions: ["eu-west-1"],
        }),
      ),
    );
    expect(updated).toMatchObject({ Action: "UPDATE", Status: "SUCCEEDED" });
    expect(fake.world.queues.get("q-eu-west-1")).toMatchObject({ DelaySeconds: 2 });
    expect((await fake.instances()).map(({ Status }) => Status)).toEqual(["CURRENT", "OUTDATED"]);
    await expect(fake.cfn.send(new DeleteStackSetCommand({ StackSetName }))).rejects.toMatchObject({
      name: "StackSetNotEmptyException",
    });
    await fake.settled(await fake.cfn.send(new DeleteStackInstancesCommand({ ...fake.target, RetainStacks: false })));
    expect(fake.world.queues.size).toBe(0);
    await fake.cfn.send(new DeleteStackSetCommand({ StackSetName }));
    const { Summaries } = await fake.cfn.send(new ListStackSetsCommand({ Status: "ACTIVE" }));
    expect(Summaries).toEqual([]);
  });

  it("gives an instance parameters of its own, and can leave stacks behind", async () => {
    await using fake = await withRoles();
    await fake.makeRoles();
    await fake.create({
      Regions: ["us-east-1"],
      ParameterOverrides: [{ ParameterKey: "Name", ParameterValue: "mine" }],
    });
    expect([...fake.world.queues.keys()]).toEqual(["mine-us-east-1"]);
    const { StackInstance } = await fake.cfn.send(
      new DescribeStackInstanceCommand({
        StackSetName: fake.StackSetName,
        StackInstanceAccount: TEST_ACCOUNT,
        StackInstanceRegion: "us-east-1",
      }),
    );
    expect(StackInstance).toMatchObject({
      StackInstanceStatus: { DetailedStatus: "SUCCEEDED" },
      ParameterOverrides: [{ ParameterKey: "Name", ParameterValue: "mine" }],
    });
    await fake.settled(await fake.cfn.send(new DeleteStackInstancesCommand({ ...fake.target, RetainStacks: true })));
    expect(await fake.instances()).toEqual([]);
    expect(fake.world.queues.size).toBe(1);
  });

  it("keeps an instance's own parameters through updates until a list says otherwise", async () => {
    await using fake = await withRoles();
    await fake.makeRoles();
    const { StackSetName, target, cfn } = fake;
    const own = (value: object) => [{ ParameterKey: "Name", ...value }];
    await fake.create({ ParameterOverrides: own({ ParameterValue: "mine" }) });
    await fake.settled(await cfn.send(new UpdateStackSetCommand({ StackSetName, TemplateBody: template(2) })));
    expect(fake.world.queues.get("mine-us-east-1")).toMatchObject({ DelaySeconds: 2 });
    const names = async (Regions: string[], ParameterOverrides?: object[]) => {
      const input = { ...target, Regions, ...(ParameterOverrides && { ParameterOverrides }) };
      await fake.settled(await cfn.send(new UpdateStackInstancesCommand(input)));
      return [...fake.world.queues.keys()].sort();
    };
    expect(await names(REGIONS)).toEqual(["mine-eu-west-1", "mine-us-east-1"]);
    expect(await names(REGIONS, own({ UsePreviousValue: true }))).toEqual(["mine-eu-west-1", "mine-us-east-1"]);
    expect(await names(["eu-west-1"], own({ ParameterValue: "other" }))).toEqual(["mine-us-east-1", "other-eu-west-1"]);
    expect(await names(REGIONS, [])).toEqual(["q-eu-west-1", "q-us-east-1"]);
    await expect(names(REGIONS, [{ ParameterKey: "Nothing", ParameterValue: "x" }])).rejects.toMatchObject({
      name: "ValidationError",
    });
  });

  it("no longer gives a stack what its template has ceased to ask for", async () => {
    await using fake = await withRoles();
    await fake.makeRoles();
    const { StackSetName } = fake;
    await fake.create({ ParameterOverrides: [{ ParameterKey: "Name", ParameterValue: "mine" }] });
    const TemplateBody = "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: fixed}}}";
    const updated = await fake.settled(
      await fake.cfn.send(
        new UpdateStackSetCommand({ StackSetName, TemplateBody, Accounts: [TEST_ACCOUNT], Regions: ["us-east-1"] }),
      ),
    );
    expect(updated).toMatchObject({ Status: "SUCCEEDED" });
    expect([...fake.world.queues.keys()].sort()).toEqual(["fixed", "mine-eu-west-1"]);
  });

  it("says what failed, and goes no further than it may", async () => {
    await using fake = await withRoles();
    const first = await fake.create();
    expect(first).toMatchObject({ Status: "FAILED", StatusDetails: { FailedStackInstancesCount: 2 } });
    await fake.makeRoles();
    fake.world.failing.add("q-us-east-1");
    const OperationId = "second";
    await fake.create({ OperationId, OperationPreferences: { FailureToleranceCount: 1 } });
    const { Summaries = [] } = await fake.cfn.send(
      new ListStackSetOperationResultsCommand({ StackSetName: fake.StackSetName, OperationId }),
    );
    expect(Summaries.map(({ Region, Status }) => [Region, Status])).toEqual([
      ["us-east-1", "FAILED"],
      ["eu-west-1", "SUCCEEDED"],
    ]);
    fake.world.failing.clear();
    expect(await fake.create()).toMatchObject({ Status: "SUCCEEDED" });
    expect(fake.world.queues.size).toBe(2);
    const { Summaries: operations = [] } = await fake.cfn.send(
      new ListStackSetOperationsCommand({ StackSetName: fake.StackSetName }),
    );
    expect(operations).toHaveLength(3);
  });

  it("can be stopped: what has begun is done, the rest is cancelled", async () => {
    await using fake = await withRoles();
    await fake.makeRoles();
    const { StackSetName } = fake;
    const OperationId = "stopped";
    const named = { StackSetName, OperationId };
    fake.world.onCreate = () => fake.cfn.send(new StopStackSetOperationCommand(named));
    expect(await fake.create({ OperationId })).toMatchObject({ Status: "STOPPED" });
    const { Summaries = [] } = await fake.cfn.send(new ListStackSetOperationResultsCommand(named));
    expect(Summaries.map(({ Region, Status, StatusReason }) => [Region, Status, StatusReason])).toEqual([
      ["us-east-1", "SUCCEEDED", undefined],
      ["eu-west-1", "CANCELLED", "Cancelled since the operation was stopped"],
    ]);
    expect((await fake.instances()).map(({ StackInstanceStatus }) => StackInstanceStatus?.DetailedStatus)).toEqual([
      "CANCELLED",
      "SUCCEEDED",
    ]);
    await expect(fake.cfn.send(new StopStackSetOperationCommand(named))).rejects.toMatchObject({
      name: "InvalidOperationException",
    });
    delete fake.world.onCreate;
    expect(await fake.create()).toMatchObject({ Status: "SUCCEEDED" });
  });

  it("names the role that is missing", async () => {
    await using fake = await withRoles();
    await fake.create({ Regions: ["us-east-1"] });
    expect((await fake.instances())[0]).toMatchObject({
      Status: "OUTDATED",
      StackInstanceStatus: { DetailedStatus: "FAILED" },
      StatusReason: expect.stringContaining("AWSCloudFormationStackSetAdministrationRole"),
    });
  });

  it("is refused where AWS refuses it, and where organizations would be needed", async () => {
    await using fake = await withRoles();
    const { StackSetName } = fake;
    const TemplateBody = template(1);
    await expect(fake.cfn.send(new CreateStackSetCommand({ StackSetName, TemplateBody }))).rejects.toMatchObject({
      name: "NameAlreadyExistsException",
    });
    await expect(fake.cfn.send(new DescribeStackSetCommand({ StackSetName: "none" }))).rejects.toMatchObject({
      name: "StackSetNotFoundException",
      message: "StackSet none not found",
    });
    await expect(
      fake.cfn.send(
        new CreateStackSetCommand({ StackSetName: "other", TemplateBody, PermissionModel: "SERVICE_MANAGED" }),
      ),
    ).rejects.toMatchObject({ name: "NotImplemented" });
    await expect(
      fake.cfn.send(new CreateStackSetCommand({ StackSetName: "stack_set", TemplateBody })),
    ).rejects.toMatchObject({ name: "ValidationError", message: expect.stringContaining("at 'stackSetName' failed") });
    await fake.makeRoles();
    const both = [1, 2].map(() => fake.cfn.send(new CreateStackInstancesCommand(fake.target)));
    expect(await Promise.allSettled(both)).toMatchObject([
      { status: "fulfilled" },
      { status: "rejected", reason: { name: "OperationInProgressException" } },
    ]);
    await fake.cloud.tasks.idle();
  });

  it("is a resource too, with its instances", async () => {
    await using fake = await withRoles();
    await fake.makeRoles();
    const outer = (delay: number, regions: string) => `Resources:
  S:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: inner
      PermissionModel: SELF_MANAGED
      TemplateBody: |
        ${template(delay).replaceAll("\n", "\n        ")}
      StackInstancesGroup: [{DeploymentTargets: {Accounts: ["${TEST_ACCOUNT}"]}, Regions: ${regions}}]
`;
    await fake.createStack("outer", outer(1, "[us-east-1, eu-west-1]"));
    expect((await fake.stack("outer"))?.StackStatus).toBe("CREATE_COMPLETE");
    expect(fake.world.queues.size).toBe(2);
    await fake.cfn.send(new UpdateStackCommand({ StackName: "outer", TemplateBody: outer(2, "[eu-west-1]") }));
    await fake.cloud.tasks.idle();
    expect((await fake.stack("outer"))?.StackStatus).toBe("UPDATE_COMPLETE");
    expect([...fake.world.queues.values()]).toMatchObject([{ QueueName: "q-eu-west-1", DelaySeconds: 2 }]);
    await fake.cfn.send(new DeleteStackCommand({ StackName: "outer" }));
    await fake.cloud.tasks.idle();
    expect(fake.world.queues.size).toBe(0);
  });

  it.each([
    ["CallAs: DELEGATED_ADMIN", "delegated administrators of stack sets"],
    ["AutoDeployment: {Enabled: true}", "the automatic deployment of stack sets"],
  ])("is no resource with what stack sets have not: %s", async (property, named) => {
    await using fake = await queueCloud();
    await fake.create(
      "outer",
      `Resources: {S: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: s, PermissionModel: SELF_MANAGED, TemplateBody: "{}", ${property}}}}`,
    );
    expect((await fake.stack("outer"))?.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await fake.events("outer")).join()).toContain(named);
  });
});
