import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const queue = (properties: string) => `Resources: {Q: {Type: AWS::SQS::Queue, Properties: ${properties}}}`;

describe("a change set", () => {
  it("creates a stack that waits in review until it is executed", async () => {
    await using fake = await queueCloud();
    const input = { StackName: "demo", ChangeSetName: "first" };
    const { Id, StackId } = await fake.cfn.send(
      new CreateChangeSetCommand({ ...input, ChangeSetType: "CREATE", TemplateBody: queue("{QueueName: a}") }),
    );
    expect((await fake.stack("demo"))?.StackStatus).toBe("REVIEW_IN_PROGRESS");
    const described = await fake.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
    expect(described).toMatchObject({
      Status: "CREATE_COMPLETE",
      ExecutionStatus: "AVAILABLE",
      StackId,
      Changes: [
        {
          Type: "Resource",
          ResourceChange: { Action: "Add", LogicalResourceId: "Q", ResourceType: "AWS::SQS::Queue" },
        },
      ],
    });
    await fake.cfn.send(new ExecuteChangeSetCommand(input));
    await fake.cloud.tasks.idle();
    expect(await fake.stack("demo")).toMatchObject({ StackStatus: "CREATE_COMPLETE", ChangeSetId: Id });
    expect(await fake.events("demo")).toContain("demo REVIEW_IN_PROGRESS User Initiated");
    await expect(fake.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: Id }))).rejects.toMatchObject({
      name: "InvalidChangeSetStatusException",
    });
  });

  it("stands in the order of logical ids, longer ones before those they begin with", async () => {
    await using fake = await queueCloud();
    const input = { StackName: "demo", ChangeSetName: "first", ChangeSetType: "CREATE" as const };
    const ids = ["Jobs", "JobsDead", "Events"];
    const TemplateBody = `Resources: {${ids.map((id) => `${id}: {Type: AWS::SQS::Queue}`).join(", ")}}`;
    await fake.cfn.send(new CreateChangeSetCommand({ ...input, TemplateBody }));
    const { Changes = [] } = await fake.cfn.send(new DescribeChangeSetCommand(input));
    expect(Changes.map(({ ResourceChange: change }) => change?.LogicalResourceId)).toEqual([
      "Events",
      "JobsDead",
      "Jobs",
    ]);
  });

  it("says of each difference what it is, where it comes from and what it costs", async () => {
    await using fake = await queueCloud();
    const template = (name: string) => `Parameters: {Delay: {Type: Number, Default: 1}}
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: ${name}}}
  B: {Type: AWS::SQS::Queue, Properties: {QueueName: b, DelaySeconds: !Ref Delay, RedrivePolicy: {deadLetterTargetArn: !GetAtt A.Arn}}}
  C: {Type: AWS::SQS::Queue, Properties: {QueueName: c}}
`;
    await fake.create("demo", template("a"));
    const { Changes = [] } = await fake.change("demo", template("a2"), {
      Parameters: [{ ParameterKey: "Delay", ParameterValue: "2" }],
    });
    expect(
      Changes.map(({ ResourceChange: change }) => [change?.Action, change?.LogicalResourceId, change?.Replacement]),
    ).toEqual([
      ["Modify", "A", "True"],
      ["Modify", "B", "False"],
    ]);
    expect(Changes[0]?.ResourceChange).toMatchObject({
      PolicyAction: "ReplaceAndDelete",
      Scope: ["Properties"],
      Details: [
        {
          Target: {
            Attribute: "Properties",
            Name: "QueueName",
            RequiresRecreation: "Always",
            Path: "/Properties/QueueName",
            BeforeValue: "a",
            AfterValue: "a2",
          },
          Evaluation: "Static",
          ChangeSource: "DirectModification",
        },
      ],
    });
    expect(Changes[1]?.ResourceChange?.Details).toMatchObject([
      {
        Target: { Name: "DelaySeconds", BeforeValue: "1", AfterValue: "2" },
        Evaluation: "Static",
        ChangeSource: "ParameterReference",
        CausingEntity: "Delay",
      },
      { Target: { Name: "DelaySeconds" }, Evaluation: "Dynamic", ChangeSource: "DirectModification" },
      { Target: { Name: "RedrivePolicy" }, Evaluation: "Dynamic", ChangeSource: "DirectModification" },
      {
        Target: { Name: "RedrivePolicy", AfterValue: '{"deadLetterTargetArn":"{{changeSet:KNOWN_AFTER_APPLY}}"}' },
        Evaluation: "Static",
        ChangeSource: "ResourceAttribute",
        CausingEntity: "A.Arn",
      },
    ]);
    expect(fake.world.queues.get("b")).toMatchObject({
      DelaySeconds: 2,
      RedrivePolicy: { deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:a2" },
    });
    expect([...fake.world.queues.keys()].sort()).toEqual(["a2", "b", "c"]);
  });

  it("fails when nothing changes, and when a property is wrong", async () => {
    await using fake = await queueCloud();
    await fake.create("demo", queue("{QueueName: a}"));
    expect(await fake.change("demo", queue("{QueueName: a}"))).toMatchObject({
      Status: "FAILED",
      ExecutionStatus: "UNAVAILABLE",
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
    await fake.cfn.send(new DeleteChangeSetCommand({ StackName: "demo", ChangeSetName: "change" }));
    expect(await fake.change("demo", queue("{Name: a}"))).toMatchObject({
      Status: "FAILED",
      StatusReason: expect.stringContaining("#: extraneous key [Name] is not permitted (line 1,"),
    });
    await expect(
      fake.cfn.send(new ExecuteChangeSetCommand({ StackName: "demo", ChangeSetName: "change" })),
    ).rejects.toThrow(/cannot be executed in its current status of \[FAILED\]/);
  });

  it("removes, keeps and lists", async () => {
    await using fake = await queueCloud();
    await fake.create(
      "demo",
      "Resources: {A: {Type: AWS::SQS::Queue, DeletionPolicy: Retain}, B: {Type: AWS::SQS::Queue}}",
    );
    const { Changes } = await fake.change("demo", "Resources: {B: {Type: AWS::SQS::Queue}}");
    expect(Changes).toMatchObject([
      { ResourceChange: { Action: "Remove", LogicalResourceId: "A", PolicyAction: "Retain" } },
    ]);
    expect(fake.world.queues.size).toBe(2);
    const make = (ChangeSetName: string) =>
      fake.cfn.send(
        new CreateChangeSetCommand({ StackName: "demo", ChangeSetName, TemplateBody: queue("{QueueName: z}") }),
      );
    await make("one");
    await make("two");
    await expect(make("two")).rejects.toMatchObject({ name: "AlreadyExistsException" });
    const again = {
      StackName: "demo",
      ChangeSetName: "three",
      ClientToken: "t",
      TemplateBody: queue("{QueueName: z}"),
    };
    const { Id } = await fake.cfn.send(new CreateChangeSetCommand(again));
    expect((await fake.cfn.send(new CreateChangeSetCommand(again))).Id).toBe(Id);
    await fake.cfn.send(new DeleteChangeSetCommand({ ChangeSetName: Id }));
    await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: queue("{QueueName: y}") }));
    await fake.cloud.tasks.idle();
    const { Summaries } = await fake.cfn.send(new ListChangeSetsCommand({ StackName: "demo" }));
    expect(Summaries?.map(({ ChangeSetName, ExecutionStatus }) => [ChangeSetName, ExecutionStatus])).toEqual([
      ["one", "OBSOLETE"],
      ["two", "OBSOLETE"],
    ]);
  });

  it.each([
    [{ ChangeSetType: "UPDATE" as const }, "Stack [demo] does not exist"],
    [
      { ChangeSetType: "CREATE" as const, TemplateBody: "Resources: {Q: {Type: AWS::Nope::Nope}}" },
      "Unrecognized resource types",
    ],
    [{ ChangeSetType: "CREATE" as const, TemplateBody: "a: [" }, "YAML not well-formed"],
  ])("refuses %j and leaves nothing behind", async (input, message) => {
    await using fake = await queueCloud();
    const whole = { StackName: "demo", ChangeSetName: "c", TemplateBody: queue("{}"), ...input };
    await expect(fake.cfn.send(new CreateChangeSetCommand(whole))).rejects.toThrow(message);
    await expect(fake.stack("demo")).rejects.toThrow("does not exist");
    await expect(
      fake.cfn.send(new DescribeChangeSetCommand({ StackName: "demo", ChangeSetName: "c" })),
    ).rejects.toThrow();
  });

  it("comes to nothing when a transform refuses its template", async () => {
    await using fake = await queueCloud();
    const { Id } = await fake.cfn.send(
      new CreateChangeSetCommand({
        StackName: "demo",
        ChangeSetName: "c",
        ChangeSetType: "CREATE",
        TemplateBody:
          "Transform: AWS::Serverless-2016-10-31\nResources: {F: {Type: AWS::Serverless::Function, Properties: {Handler: x}}}",
      }),
    );
    expect(await fake.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id }))).toMatchObject({
      Status: "FAILED",
      StatusReason: expect.stringMatching(
        /^Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document\. Number of errors found: 1\./,
      ),
    });
  });

  it("takes an export that is not there yet for one to come, and says so beside values", async () => {
    await using fake = await queueCloud();
    const { Id } = await fake.cfn.send(
      new CreateChangeSetCommand({
        ...{ StackName: "demo", ChangeSetName: "c", ChangeSetType: "CREATE" },
        TemplateBody: queue("{QueueName: !ImportValue later}"),
      }),
    );
    const describe = (IncludePropertyValues: boolean) =>
      fake.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id, IncludePropertyValues }));
    const plain = await describe(false);
    expect([plain.Status, plain.StatusReason]).toEqual(["CREATE_COMPLETE", undefined]);
    expect(await describe(true)).toMatchObject({
      StatusReason:
        "[WARN] --include-property-values option can return incomplete ChangeSet data because: ChangeSet creation failed for resource [Q] because: No export named later",
      Changes: [{ ResourceChange: { AfterContext: '{"Properties":{"QueueName":"{{changeSet:KNOWN_AFTER_APPLY}}"}}' } }],
    });
    await fake.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: Id }));
    await fake.cloud.tasks.idle();
    const stack = await fake.stack("demo");
    expect(stack).toMatchObject({ StackStatus: "ROLLBACK_COMPLETE", DeletionTime: expect.any(Date) });
    expect(stack?.ChangeSetId).toBeUndefined();
  });

  it.each([
    ["!FindInMap [M, c, d]", "Template error: Unable to get mapping for M::c::d"],
    ["!Select [2, [a, b]]", "Template error: Fn::Select requires a list argument with two elements"],
    ["!Select [2, !Split ['.', a.b]]", "Template error: Fn::Select cannot select nonexistent value at index 2"],
  ])("refuses %s at once", async (name, message) => {
    await using fake = await queueCloud();
    const TemplateBody = `${queue(`{QueueName: ${name}}`)}\nMappings: {M: {a: {b: x}}}`;
    const input = { StackName: "demo", ChangeSetName: "c", ChangeSetType: "CREATE" as const, TemplateBody };
    await expect(fake.cfn.send(new CreateChangeSetCommand(input))).rejects.toThrow(message);
  });

  it("can still be looked at by its ARN when its stack is gone", async () => {
    await using fake = await queueCloud();
    const input = {
      StackName: "demo",
      ChangeSetName: "c",
      ChangeSetType: "CREATE" as const,
      TemplateBody: queue("{}"),
    };
    const { Id } = await fake.cfn.send(new CreateChangeSetCommand(input));
    await fake.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: Id }));
    await fake.cloud.tasks.idle();
    expect((await fake.stack("demo"))?.LastUpdatedTime).toBeInstanceOf(Date);
    const { StackId } = (await fake.stack("demo")) ?? {};
    await fake.cfn.send(new DeleteStackCommand({ StackName: "demo" }));
    await fake.cloud.tasks.idle();
    expect(await fake.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id }))).toMatchObject({
      ExecutionStatus: "EXECUTE_COMPLETE",
    });
    const gone = await fake.stack(StackId ?? "");
    expect(gone).toMatchObject({ StackStatus: "DELETE_COMPLETE" });
    expect([gone?.ChangeSetId, gone?.EnableTerminationProtection]).toEqual([undefined, undefined]);
  });
});
