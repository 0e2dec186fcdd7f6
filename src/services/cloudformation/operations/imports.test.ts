import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const KEPT = "DeletionPolicy: Retain";
const existing = (properties: string) =>
  `Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: mine}}, X: {Type: AWS::SQS::Queue, ${KEPT}, Properties: ${properties}}}`;
const MINE = "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: mine}}}";
const X = {
  ResourceType: "AWS::SQS::Queue",
  LogicalResourceId: "X",
  ResourceIdentifier: { QueueUrl: "https://queues/there" },
};

const withQueue = async () => {
  const fake = await queueCloud();
  fake.world.queues.set("there", { QueueName: "there" });
  const input = { StackName: "demo", ChangeSetName: "import" };
  return {
    ...fake,
    change: async (more: Partial<CreateChangeSetCommandInput>) => {
      await fake.cfn.send(new CreateChangeSetCommand({ ...input, ...more }));
      return fake.cfn.send(new DescribeChangeSetCommand(input));
    },
    execute: async () => {
      await fake.cfn.send(new ExecuteChangeSetCommand(input));
      await fake.cloud.tasks.idle();
      return (await fake.stack("demo"))?.StackStatus;
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
};

const imported = (TemplateBody: string, more: Partial<CreateChangeSetCommandInput> = {}) => ({
  ChangeSetType: "IMPORT" as const,
  ResourcesToImport: [X],
  TemplateBody,
  ...more,
});

describe("importing", () => {
  it("takes over what is there into a stack that exists", async () => {
    await using fake = await withQueue();
    await fake.create("demo", MINE);
    const described = await fake.change(imported(existing("{QueueName: there}")));
    expect(described).toMatchObject({
      Status: "CREATE_COMPLETE",
      Changes: [
        { ResourceChange: { Action: "Import", LogicalResourceId: "X", PhysicalResourceId: "https://queues/there" } },
      ],
    });
    expect(await fake.execute()).toBe("IMPORT_COMPLETE");
    expect((await fake.events("demo")).slice(-4)).toEqual([
      "demo IMPORT_IN_PROGRESS User Initiated",
      "X IMPORT_IN_PROGRESS",
      "X IMPORT_COMPLETE",
      "demo IMPORT_COMPLETE",
    ]);
    expect([...fake.world.queues.keys()].sort()).toEqual(["mine", "there"]);
  });

  it("makes a stack of what is there", async () => {
    await using fake = await withQueue();
    await fake.change(imported(`Resources: {X: {Type: AWS::SQS::Queue, ${KEPT}, Properties: {QueueName: there}}}`));
    expect((await fake.stack("demo"))?.StackStatus).toBe("REVIEW_IN_PROGRESS");
    expect(await fake.execute()).toBe("IMPORT_COMPLETE");
  });

  it("is undone without a trace when one is not there", async () => {
    await using fake = await withQueue();
    await fake.create("demo", MINE);
    await fake.change(
      imported(existing("{QueueName: nowhere}"), {
        ResourcesToImport: [{ ...X, ResourceIdentifier: { QueueUrl: "https://queues/nowhere" } }],
      }),
    );
    expect(await fake.execute()).toBe("IMPORT_ROLLBACK_COMPLETE");
    expect(await fake.events("demo")).toContain(
      "X IMPORT_FAILED Resource of type 'AWS::SQS::Queue' with identifier 'https://queues/nowhere' was not found.",
    );
    expect([...fake.world.queues.keys()].sort()).toEqual(["mine", "there"]);
  });

  it("finds by itself, when allowed to, what has a name of its own", async () => {
    await using fake = await withQueue();
    const described = await fake.change({
      ChangeSetType: "CREATE",
      ImportExistingResources: true,
      TemplateBody: existing("{QueueUrl: x, QueueName: there}").replace("QueueUrl: x, ", ""),
    });
    // A queue is known by its URL, which no template gives.
    expect(described.Changes?.map(({ ResourceChange }) => ResourceChange?.Action)).toEqual(["Add", "Add"]);
    expect(described.ImportExistingResources).toBe(true);
  });

  it.each<[string, Partial<CreateChangeSetCommandInput>, string]>([
    [
      "without a deletion policy",
      { TemplateBody: existing("{QueueName: there}").replace(`${KEPT}, `, "") },
      "The following resources to import [X] must have DeletionPolicy attribute specified in the template.",
    ],
    [
      "with other changes",
      { TemplateBody: existing("{QueueName: there}").replace("mine", "yours") },
      "You have modified resources [Q] in your template that are not being imported. Update, create or delete operations cannot be executed during import operations.",
    ],
    [
      "with another new resource",
      { TemplateBody: existing("{QueueName: there}").replace(/}$/, ", N: {Type: AWS::SQS::Queue}}") },
      "Resources [N] is missing from ResourceToImport list",
    ],
    [
      "with outputs",
      { TemplateBody: `${existing("{QueueName: there}")}\nOutputs: {O: {Value: x}}` },
      "As part of the import operation, you cannot modify or add [Outputs]",
    ],
    [
      "by the wrong key",
      { ResourcesToImport: [{ ...X, ResourceIdentifier: { QueueName: "there" } }] },
      "Resource identifier of [X] must have the keys [QueueUrl]",
    ],
    [
      "of what the template has not",
      { ResourcesToImport: [{ ...X, LogicalResourceId: "Y" }] },
      "Resource [Y] in ResourcesToImport does not exist in the template.",
    ],
  ])("is refused %s", async (_what, more, message) => {
    await using fake = await withQueue();
    await fake.create("demo", MINE);
    await expect(fake.change(imported(existing("{QueueName: there}"), more))).rejects.toMatchObject({
      name: "ValidationError",
      message,
    });
  });
});
