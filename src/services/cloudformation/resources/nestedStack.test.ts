import {
  ContinueUpdateRollbackCommand,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import * as model from "@aws-sdk/client-s3";
import { expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";
import { defineService } from "../../../kernel/rooms.ts";

/** A bucket that holds templates. */
const nestedCloud = async (templates: Record<string, string>) => {
  const s3 = defineService<object, "s3">({
    name: "s3",
    model,
    scope: "account",
    open: () => ({}),
    operations: {
      GetObject:
        () =>
        async (_ctx, { Key }) => ({ Body: templates[Key] ?? "" }),
    },
    iam: {},
  });
  return queueCloud({ loaders: { s3: async () => s3 } });
};

const PARENT = (key: string) => `Resources:
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://s3.amazonaws.com/bucket/${key}", Parameters: {Name: inner}}}
  After: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt Child.Outputs.Name}}
`;
const CHILD = `Parameters: {Name: {Type: String}}
Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Name}}}
Outputs: {Name: {Value: !Sub "\${Name}-after"}}
`;

it("makes a stack in a stack, gives its outputs, and takes it away with the outer one", async () => {
  await using fake = await nestedCloud({ child: CHILD, changed: CHILD.replace("-after", "-later") });
  await fake.create("outer", PARENT("child"));
  expect([...fake.world.queues.keys()]).toEqual(["inner", "inner-after"]);
  const outer = await fake.stack("outer");
  const { Stacks = [] } = await fake.cfn.send(new DescribeStacksCommand({}));
  const inner = Stacks.find(({ ParentId }) => ParentId === outer?.StackId);
  expect(inner).toMatchObject({ StackStatus: "CREATE_COMPLETE", RootId: outer?.StackId });
  expect(inner?.StackName).toMatch(/^outer-Child-[A-Za-z0-9]{12}$/);
  await fake.cfn.send(new UpdateStackCommand({ StackName: "outer", TemplateBody: PARENT("changed") }));
  await fake.cloud.tasks.idle();
  expect([...fake.world.queues.keys()].sort()).toEqual(["inner", "inner-later"]);
  await fake.cfn.send(new DeleteStackCommand({ StackName: "outer" }));
  await fake.cloud.tasks.idle();
  expect(fake.world.queues.size).toBe(0);
  expect((await fake.cfn.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
});

it("says why the inner stack failed, and leaves nothing", async () => {
  await using fake = await nestedCloud({ child: CHILD });
  fake.world.failing.add("inner");
  await fake.create("outer", PARENT("child"));
  const failed = (await fake.events("outer")).find((line) => line.startsWith("Child CREATE_FAILED"));
  expect(failed).toMatch(
    /Embedded stack arn:.* was not successfully created: The following resource\(s\) failed to create: \[Q\]\./,
  );
  expect((await fake.stack("outer"))?.StackStatus).toBe("ROLLBACK_COMPLETE");
  const { Stacks = [] } = await fake.cfn.send(new DescribeStacksCommand({}));
  expect(Stacks.map(({ StackName }) => StackName)).toEqual(["outer"]);
});

it.each([
  ["another change set is carried out", "execute"],
  ["the stack is deleted", "delete"],
] as const)("lets inner stacks that only waited go when %s", async (_what, how) => {
  await using fake = await nestedCloud({ child: CHILD });
  const plan = (ChangeSetName: string) =>
    fake.cfn.send(
      new CreateChangeSetCommand({
        StackName: "outer",
        ChangeSetName,
        ChangeSetType: "CREATE",
        TemplateBody: PARENT("child"),
        IncludeNestedStacks: true,
      }),
    );
  const shown = async () => {
    const { Stacks = [] } = await fake.cfn.send(new DescribeStacksCommand({}));
    return Stacks.map(({ StackName, StackStatus }) => `${StackName?.slice(0, 11)} ${StackStatus}`).sort();
  };
  await plan("first");
  await plan("second");
  const waiting = "outer-Child REVIEW_IN_PROGRESS";
  expect(await shown()).toEqual(["outer REVIEW_IN_PROGRESS", waiting, waiting].sort());
  const StackName = "outer";
  if (how === "execute") await fake.cfn.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName: "first" }));
  else await fake.cfn.send(new DeleteStackCommand({ StackName }));
  await fake.cloud.tasks.idle();
  expect(await shown()).toEqual(
    how === "execute" ? ["outer CREATE_COMPLETE", "outer-Child CREATE_COMPLETE"].sort() : [],
  );
});

it("shows before anything is made what will happen in inner stacks", async () => {
  await using fake = await nestedCloud({ child: CHILD, changed: CHILD.replace("-after", "-later") });
  const root = { StackName: "outer", ChangeSetName: "root" };
  const plan = async (key: string, ChangeSetType: "CREATE" | "UPDATE") => {
    const TemplateBody = PARENT(key);
    await fake.cfn.send(
      new CreateChangeSetCommand({ ...root, ChangeSetType, TemplateBody, IncludeNestedStacks: true }),
    );
    const described = await fake.cfn.send(new DescribeChangeSetCommand(root));
    const child = described.Changes?.find(({ ResourceChange }) => ResourceChange?.LogicalResourceId === "Child");
    const ChangeSetName = child?.ResourceChange?.ChangeSetId;
    return { described, nested: await fake.cfn.send(new DescribeChangeSetCommand({ ChangeSetName })) };
  };
  const { described, nested } = await plan("child", "CREATE");
  expect(described).toMatchObject({ Status: "CREATE_COMPLETE", IncludeNestedStacks: true });
  expect(nested).toMatchObject({
    RootChangeSetId: described.ChangeSetId,
    ParentChangeSetId: described.ChangeSetId,
    Parameters: [{ ParameterKey: "Name", ParameterValue: "inner" }],
    Changes: [{ ResourceChange: { Action: "Add", LogicalResourceId: "Q" } }],
  });
  expect((await fake.stack(nested.StackId ?? ""))?.StackStatus).toBe("REVIEW_IN_PROGRESS");
  await expect(fake.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: nested.ChangeSetId }))).rejects.toThrow(
    "can only be executed with its root change set",
  );
  await fake.cfn.send(new DeleteChangeSetCommand(root));
  await expect(fake.stack(nested.StackId ?? "")).rejects.toThrow("does not exist");
  const again = await plan("child", "CREATE");
  await fake.cfn.send(new ExecuteChangeSetCommand(root));
  await fake.cloud.tasks.idle();
  expect((await fake.stack("outer"))?.StackStatus).toBe("CREATE_COMPLETE");
  expect((await fake.stack(again.nested.StackId ?? ""))?.StackStatus).toBe("CREATE_COMPLETE");
  expect([...fake.world.queues.keys()]).toEqual(["inner", "inner-after"]);
  const change = await plan("changed", "UPDATE");
  expect(change.nested).toMatchObject({ StackId: again.nested.StackId, Status: "CREATE_COMPLETE" });
  await fake.cfn.send(new ExecuteChangeSetCommand(root));
  await fake.cloud.tasks.idle();
  expect([...fake.world.queues.keys()].sort()).toEqual(["inner", "inner-later"]);
});

it("follows a template that changes behind its address, and goes back to the one it had", async () => {
  const templates = { child: CHILD };
  await using fake = await nestedCloud(templates);
  await fake.create("outer", PARENT("child"));
  await expect(
    fake.cfn.send(new UpdateStackCommand({ StackName: "outer", TemplateBody: PARENT("child") })),
  ).rejects.toThrow("No updates are to be performed.");
  templates.child = CHILD.replace("-after", "-later");
  const update = async () => {
    await fake.cfn.send(new UpdateStackCommand({ StackName: "outer", TemplateBody: PARENT("child") }));
    await fake.cloud.tasks.idle();
    return (await fake.stack("outer"))?.StackStatus;
  };
  fake.world.failing.add("inner-later");
  expect(await update()).toBe("UPDATE_ROLLBACK_COMPLETE");
  const { Stacks = [] } = await fake.cfn.send(new DescribeStacksCommand({}));
  const inner = Stacks.find(({ ParentId }) => ParentId !== undefined);
  expect(inner?.Outputs).toMatchObject([{ OutputValue: "inner-after" }]);
  fake.world.failing.clear();
  expect(await update()).toBe("UPDATE_COMPLETE");
  expect([...fake.world.queues.keys()].sort()).toEqual(["inner", "inner-later"]);
});

it("rolls back with an inner stack that has rolled back by itself, and past what the inner one cannot undo", async () => {
  const child = (delay: number) => `Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: a, DelaySeconds: ${delay}}}
  Z: {Type: AWS::SQS::Queue, DependsOn: A, Properties: {QueueName: z, DelaySeconds: ${delay === 2 ? 1000 : 1}}}
`;
  const outer = (key: string) =>
    `Resources: {Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://s3.amazonaws.com/bucket/${key}"}}}`;
  await using fake = await nestedCloud({ one: child(1), two: child(2) });
  await fake.create("outer", outer("one"));
  const update = async () => {
    await fake.cfn.send(new UpdateStackCommand({ StackName: "outer", TemplateBody: outer("two") }));
    await fake.cloud.tasks.idle();
    return (await fake.stack("outer"))?.StackStatus;
  };
  expect(await update()).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(fake.world.queues.get("a")).toMatchObject({ DelaySeconds: 1 });
  fake.world.onRefusal = () => fake.world.failing.add("a");
  expect(await update()).toBe("UPDATE_ROLLBACK_FAILED");
  await fake.cfn.send(new ContinueUpdateRollbackCommand({ StackName: "outer", ResourcesToSkip: ["Child.A"] }));
  await fake.cloud.tasks.idle();
  expect((await fake.stack("outer"))?.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(fake.world.queues.get("a")).toMatchObject({ DelaySeconds: 2 });
});
