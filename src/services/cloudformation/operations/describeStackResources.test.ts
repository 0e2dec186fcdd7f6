import {
  DeleteStackCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  ListStackResourcesCommand,
} from "@aws-sdk/client-cloudformation";
import { expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const metadataOf = async ({ cfn }: Awaited<ReturnType<typeof queueCloud>>, LogicalResourceId: string) => {
  const { StackResourceDetail } = await cfn.send(
    new DescribeStackResourceCommand({ StackName: "demo", LogicalResourceId }),
  );
  return JSON.parse(StackResourceDetail?.Metadata ?? "");
};

it("gives metadata with its functions evaluated, as it stands where they cannot be, and empty where there is none", async () => {
  await using fake = await queueCloud();
  await fake.create(
    "demo",
    `Parameters: {Text: {Type: String, Default: hidden, NoEcho: true}}
Resources:
  A: {Type: AWS::SQS::Queue, Metadata: {Text: !Ref Text, Arn: !GetAtt B.QueueName}}
  B: {Type: AWS::SQS::Queue, Properties: {QueueName: b}}
  C: {Type: AWS::SQS::Queue, Metadata: {Ref: Nothing}}
`,
  );
  expect(await metadataOf(fake, "A")).toEqual({ Text: "hidden", Arn: "b" });
  expect(await metadataOf(fake, "B")).toEqual({});
  expect(await metadataOf(fake, "C")).toEqual({ Ref: "Nothing" });
});

it.each([
  ["none", "A", "Stack 'none' does not exist"],
  ["demo", "Z", "Resource Z does not exist for stack demo"],
])("refuses %s %s", async (StackName, LogicalResourceId, message) => {
  await using fake = await queueCloud();
  await fake.create("demo", "Resources: {A: {Type: AWS::SQS::Queue}}");
  const command = new DescribeStackResourceCommand({ StackName, LogicalResourceId });
  await expect(fake.cfn.send(command)).rejects.toMatchObject({ name: "ValidationError", message });
});

it("shows by their ids what deleted and undone stacks had", async () => {
  await using fake = await queueCloud();
  const template = "Resources: {A: {Type: AWS::SQS::Queue, DeletionPolicy: Retain}, B: {Type: AWS::SQS::Queue}}";
  await fake.create("demo", template);
  const { StackId: StackName } = (await fake.stack("demo")) ?? {};
  await fake.cfn.send(new DeleteStackCommand({ StackName: "demo" }));
  await fake.cloud.tasks.idle();
  const { StackResources } = await fake.cfn.send(new DescribeStackResourcesCommand({ StackName }));
  expect(StackResources?.map((each) => [each.LogicalResourceId, each.ResourceStatus])).toEqual([
    ["A", "DELETE_SKIPPED"],
    ["B", "DELETE_COMPLETE"],
  ]);
  const { StackResourceSummaries } = await fake.cfn.send(new ListStackResourcesCommand({ StackName }));
  expect(StackResourceSummaries).toHaveLength(2);
  fake.world.failing.add("c");
  await fake.create(
    "undone",
    "Resources: {B: {Type: AWS::SQS::Queue}, C: {Type: AWS::SQS::Queue, DependsOn: B, Properties: {QueueName: c}}}",
  );
  const undone = await fake.cfn.send(new DescribeStackResourcesCommand({ StackName: "undone" }));
  expect(undone.StackResources?.map((each) => [each.LogicalResourceId, each.ResourceStatus])).toEqual([
    ["B", "DELETE_COMPLETE"],
    ["C", "DELETE_COMPLETE"],
  ]);
});
