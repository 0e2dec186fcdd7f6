import { DeleteStackCommand, DescribeStacksCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
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
  expect(inner?.StackName).toMatch(/^outer-Child-[A-Z2-7]{12}$/);
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
