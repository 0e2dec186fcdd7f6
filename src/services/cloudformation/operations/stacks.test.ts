import {
  CancelUpdateStackCommand,
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListExportsCommand,
  ListImportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  RollbackStackCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
  ValidateTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}";

describe("CreateStack", () => {
  it("makes resources in order and shows what came of it", async () => {
    await using fake = await queueCloud();
    await fake.create(
      "demo",
      `Description: two queues
Parameters: {Delay: {Type: Number, Default: 5}, Secret: {Type: String, NoEcho: true, Default: s3cret}}
Resources:
  B: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "after-\${A.QueueName}", DelaySeconds: !Ref Delay}}
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: first}}
Outputs:
  Url: {Value: !Ref B, Description: the second, Export: {Name: !Sub "\${AWS::StackName}-url"}}
`,
      { Tags: [{ Key: "team", Value: "x" }] },
    );
    expect(await fake.stack("demo")).toMatchObject({
      StackStatus: "CREATE_COMPLETE",
      Description: "two queues",
      Parameters: [
        { ParameterKey: "Delay", ParameterValue: "5" },
        { ParameterKey: "Secret", ParameterValue: "****" },
      ],
      Outputs: [
        {
          OutputKey: "Url",
          OutputValue: "https://queues/after-first",
          Description: "the second",
          ExportName: "demo-url",
        },
      ],
      Tags: [{ Key: "team", Value: "x" }],
    });
    expect(fake.world.queues.get("after-first")).toEqual({
      QueueName: "after-first",
      DelaySeconds: 5,
      Tags: [{ Key: "team", Value: "x" }],
    });
    expect(await fake.events("demo")).toEqual([
      "demo CREATE_IN_PROGRESS User Initiated",
      "A CREATE_IN_PROGRESS",
      "A CREATE_IN_PROGRESS Resource creation Initiated",
      "A CREATE_COMPLETE",
      "B CREATE_IN_PROGRESS",
      "B CREATE_IN_PROGRESS Resource creation Initiated",
      "B CREATE_COMPLETE",
      "demo CREATE_COMPLETE",
    ]);
  });

  it("rolls back, and says what failed first", async () => {
    await using fake = await queueCloud();
    fake.world.failing.add("bad");
    await fake.create(
      "demo",
      `Resources: {A: {Type: AWS::SQS::Queue}, B: {Type: AWS::SQS::Queue, DependsOn: A, Properties: {QueueName: bad}}}`,
    );
    const events = await fake.events("demo");
    expect(events[5]).toMatch(
      /^B CREATE_FAILED Resource handler returned message: "not allowed to touch bad" \(RequestToken: .*, HandlerErrorCode: AccessDenied\)$/,
    );
    expect(events[6]).toBe(
      "demo ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [B]. Rollback requested by user.",
    );
    expect((await fake.stack("demo"))?.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(fake.world.queues.size).toBe(0);
    await expect(fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: QUEUE }))).rejects.toThrow(
      /is in ROLLBACK_COMPLETE state and can not be updated/,
    );
  });

  it("leaves a failed stack as it is when asked to, to be rolled back later", async () => {
    await using fake = await queueCloud();
    fake.world.failing.add("bad");
    await fake.create(
      "demo",
      `Resources: {A: {Type: AWS::SQS::Queue}, B: {Type: AWS::SQS::Queue, DependsOn: A, Properties: {QueueName: bad}}}`,
      {
        DisableRollback: true,
      },
    );
    expect((await fake.stack("demo"))?.StackStatus).toBe("CREATE_FAILED");
    expect(fake.world.queues.size).toBe(1);
    await fake.cfn.send(new RollbackStackCommand({ StackName: "demo" }));
    await fake.cloud.tasks.idle();
    expect((await fake.stack("demo"))?.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(fake.world.queues.size).toBe(0);
  });

  it("goes on where a failed stack was left", async () => {
    await using fake = await queueCloud();
    fake.world.failing.add("bad");
    const template = `Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: a}}, B: {Type: AWS::SQS::Queue, DependsOn: A, Properties: {QueueName: bad}}}`;
    await fake.create("demo", template, { DisableRollback: true });
    fake.world.failing.clear();
    await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: template }));
    await fake.cloud.tasks.idle();
    expect((await fake.stack("demo"))?.StackStatus).toBe("UPDATE_COMPLETE");
    expect([...fake.world.queues.keys()]).toEqual(["a", "bad"]);
  });

  it.each([
    [{ StackName: "1bad" }, /at 'stackName' failed to satisfy constraint/],
    [{ TemplateBody: undefined }, /Either Template URL or Template Body must be specified/],
    [
      { TemplateBody: "Resources: {Q: {Type: AWS::SQS::Queueue}}" },
      /Unrecognized resource types: \[AWS::SQS::Queueue\] \(line 1, column 17\)/,
    ],
    [{ TemplateBody: "Resources: {Q: {Type: AWS::EC2::VPC}}" }, /aloft has not built the resource type AWS::EC2::VPC/],
    [
      {
        TemplateBody:
          "Resources:\n  Q: {Type: AWS::SQS::Queue}\n  S:\n    Type: AWS::SecretsManager::SecretTargetAttachment\n    Properties: {SecretId: s, TargetId: t, TargetType: AWS::RDS::DBInstance}\n",
      },
      /aloft has not built the resource type AWS::SecretsManager::SecretTargetAttachment \(line 4, column 5\)/,
    ],
    [
      { TemplateBody: "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      Nme: x\n" },
      /Properties validation failed for resource Q with message:\n#: extraneous key \[Nme\] is not permitted \(line 5, column 7\)/,
    ],
    [
      { TemplateBody: "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Q}}}" },
      /Circular dependency between resources: \[Q\]/,
    ],
    [{ Parameters: [{ ParameterKey: "X", ParameterValue: "1" }] }, /Parameters: \[X\] do not exist in the template/],
  ])("refuses %j before anything is made", async (input, message) => {
    await using fake = await queueCloud();
    await expect(
      fake.cfn.send(new CreateStackCommand({ StackName: "demo", TemplateBody: QUEUE, ...input })),
    ).rejects.toThrow(message);
    expect((await fake.cfn.send(new ListStacksCommand({}))).StackSummaries).toEqual([]);
  });

  it("asks for what must be acknowledged", async () => {
    await using fake = await queueCloud({ loaders: {} });
    const named =
      "Resources: {R: {Type: Custom::Thing, Properties: {ServiceToken: x}}}\nTransform: AWS::Serverless-2016-10-31";
    await expect(
      fake.cfn.send(new CreateStackCommand({ StackName: "demo", TemplateBody: named })),
    ).rejects.toMatchObject({
      name: "InsufficientCapabilitiesException",
      message: "Requires capabilities : [CAPABILITY_AUTO_EXPAND]",
    });
  });

  it("keeps names apart, and answers a repeated request again", async () => {
    await using fake = await queueCloud();
    await fake.create("demo", QUEUE, { ClientRequestToken: "once" });
    await expect(
      fake.cfn.send(new CreateStackCommand({ StackName: "demo", TemplateBody: QUEUE })),
    ).rejects.toMatchObject({
      name: "AlreadyExistsException",
      message: "Stack [demo] already exists",
    });
    await fake.create("demo", QUEUE, { ClientRequestToken: "once" });
    expect(fake.world.queues.size).toBe(1);
  });
});

describe("UpdateStack", () => {
  it("refuses an update that changes nothing", async () => {
    await using fake = await queueCloud();
    await fake.create("demo", QUEUE);
    await expect(
      fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: `# a comment\n${QUEUE}` })),
    ).rejects.toThrow("No updates are to be performed.");
  });

  it("refuses to make another type of what a logical id stands for", async () => {
    await using fake = await queueCloud();
    await fake.create("demo", "Resources: {A: {Type: AWS::SQS::Queue}}");
    const TemplateBody = "Resources: {A: {Type: AWS::CloudFormation::WaitConditionHandle}}";
    await expect(fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody }))).rejects.toThrow(
      /^Update of resource type is not permitted\. .* of the following resources: \[A\]$/,
    );
    expect(fake.world.queues.size).toBe(1);
  });

  it("restores what was when it fails, replaced resources and outputs included", async () => {
    await using fake = await queueCloud();
    const template = (name: string, delay: number) => `Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: ${name}}}
  B: {Type: AWS::SQS::Queue, DependsOn: A, Properties: {QueueName: b, DelaySeconds: ${delay}}}
Outputs: {A: {Value: !Ref A}}
`;
    await fake.create("demo", template("one", 1));
    await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: template("two", 1000) }));
    await fake.cloud.tasks.idle();
    expect(await fake.stack("demo")).toMatchObject({
      StackStatus: "UPDATE_ROLLBACK_COMPLETE",
      Outputs: [{ OutputKey: "A", OutputValue: "https://queues/one" }],
    });
    expect(Object.fromEntries(fake.world.queues)).toEqual({
      one: { QueueName: "one" },
      b: { QueueName: "b", DelaySeconds: 1 },
    });
    const { TemplateBody } = await fake.cfn.send(new GetTemplateCommand({ StackName: "demo" }));
    expect(TemplateBody).toBe(template("one", 1));
  });

  it("is given up when cancelled", async () => {
    await using fake = await queueCloud();
    await fake.create("demo", QUEUE);
    await fake.cfn.send(
      new UpdateStackCommand({
        StackName: "demo",
        TemplateBody:
          "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: 3}}, W: {Type: AWS::CloudFormation::WaitCondition, Properties: {Handle: !Ref H, Timeout: '600'}}, H: {Type: AWS::CloudFormation::WaitConditionHandle}}",
      }),
    );
    await fake.cfn.send(new CancelUpdateStackCommand({ StackName: "demo" }));
    await fake.cloud.tasks.idle();
    expect((await fake.stack("demo"))?.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect([...fake.world.queues.values()]).toEqual([{}]);
  });
});

describe("what a request may say", () => {
  const cases: readonly (readonly [string, Partial<CreateStackCommandInput>, string])[] = [
    [
      "a body that is too long",
      { TemplateBody: `# ${"x".repeat(51_200)}\n${QUEUE}` },
      "at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
    ],
    [
      "snapshots of what has none",
      { TemplateBody: QUEUE.replace("Queue}", "Queue, DeletionPolicy: Snapshot}") },
      "Template error: resource type AWS::SQS::Queue does not support deletion policy Snapshot",
    ],
    [
      "types it does not allow itself",
      { TemplateBody: QUEUE, ResourceTypes: ["AWS::S3::*", "AWS::SNS::Topic"] },
      "Resource type AWS::SQS::Queue is not allowed by parameter ResourceTypes [AWS::S3::*, AWS::SNS::Topic]",
    ],
  ];
  it.each(cases)("refuses %s", async (_what, input, message) => {
    await using fake = await queueCloud();
    await expect(fake.cfn.send(new CreateStackCommand({ StackName: "demo", ...input }))).rejects.toMatchObject({
      name: "ValidationError",
      message: expect.stringContaining(message),
    });
  });
});

describe("DeleteStack", () => {
  it("takes everything away and frees the name", async () => {
    await using fake = await queueCloud();
    await fake.create("demo", QUEUE);
    const id = (await fake.stack("demo"))?.StackId;
    await fake.cfn.send(new DeleteStackCommand({ StackName: "demo" }));
    await fake.cloud.tasks.idle();
    expect(fake.world.queues.size).toBe(0);
    await expect(fake.cfn.send(new DescribeStacksCommand({ StackName: "demo" }))).rejects.toMatchObject({
      name: "ValidationError",
      message: "Stack with id demo does not exist",
    });
    expect((await fake.stack(id ?? ""))?.StackStatus).toBe("DELETE_COMPLETE");
    await fake.create("demo", QUEUE);
    expect((await fake.stack("demo"))?.StackStatus).toBe("CREATE_COMPLETE");
  });

  it("stops at what will not go, and leaves it when told to", async () => {
    await using fake = await queueCloud();
    await fake.create("demo", "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: stuck}}}");
    fake.world.failing.add("stuck");
    await fake.cfn.send(new DeleteStackCommand({ StackName: "demo" }));
    await fake.cloud.tasks.idle();
    expect(await fake.stack("demo")).toMatchObject({
      StackStatus: "DELETE_FAILED",
      StackStatusReason: "The following resource(s) failed to delete: [Q].",
    });
    await fake.cfn.send(new DeleteStackCommand({ StackName: "demo", RetainResources: ["Q"] }));
    await fake.cloud.tasks.idle();
    await expect(fake.stack("demo")).rejects.toThrow("does not exist");
    expect(fake.world.queues.size).toBe(1);
  });

  it("respects protection, and is content with what is gone", async () => {
    await using fake = await queueCloud();
    await fake.create("demo", QUEUE, { EnableTerminationProtection: true });
    await expect(fake.cfn.send(new DeleteStackCommand({ StackName: "demo" }))).rejects.toThrow(
      "Stack [demo] cannot be deleted while TerminationProtection is enabled",
    );
    await fake.cfn.send(
      new UpdateTerminationProtectionCommand({ StackName: "demo", EnableTerminationProtection: false }),
    );
    await fake.cfn.send(new DeleteStackCommand({ StackName: "demo" }));
    await fake.cfn.send(new DeleteStackCommand({ StackName: "never" }));
    await fake.cloud.tasks.idle();
    expect(fake.world.queues.size).toBe(0);
  });
});

describe("exports", () => {
  const exporter = (name: string) =>
    `${QUEUE.replace("Queue}", `Queue, Properties: {QueueName: ${name}}}`)}\nOutputs: {O: {Value: !Ref Q, Export: {Name: shared}}}`;
  const importer =
    "Resources: {Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !Select [3, !Split ['/', !Sub ['${U}/user', {U: !ImportValue shared}]]]}}}".replace(
      "'${U}/user'",
      "'${U}-user'",
    );

  it("reach other stacks and are held while they are used", async () => {
    await using fake = await queueCloud();
    await fake.create("a", exporter("one"));
    for (const ExportName of ["shared", "other"]) {
      await expect(fake.cfn.send(new ListImportsCommand({ ExportName }))).rejects.toMatchObject({
        name: "ValidationError",
        message: `Export '${ExportName}' is not imported by any stack.`,
      });
    }
    await fake.create("b", importer);
    expect([...fake.world.queues.keys()]).toEqual(["one", "one-user"]);
    expect((await fake.cfn.send(new ListExportsCommand({}))).Exports).toMatchObject([
      { Name: "shared", Value: "https://queues/one" },
    ]);
    expect((await fake.cfn.send(new ListImportsCommand({ ExportName: "shared" }))).Imports).toEqual(["b"]);
    await fake.cfn.send(new UpdateStackCommand({ StackName: "a", TemplateBody: exporter("two") }));
    await fake.cloud.tasks.idle();
    expect(await fake.events("a")).toContain(
      "a UPDATE_ROLLBACK_IN_PROGRESS Export shared cannot be updated as it is in use by b",
    );
    expect([...fake.world.queues.keys()].sort()).toEqual(["one", "one-user"]);
    await fake.cfn.send(new DeleteStackCommand({ StackName: "a" }));
    await fake.cloud.tasks.idle();
    expect(await fake.stack("a")).toMatchObject({
      StackStatus: "DELETE_FAILED",
      StackStatusReason: "Delete canceled. Cannot delete export shared as it is in use by b.",
    });
    await fake.cfn.send(new DeleteStackCommand({ StackName: "b" }));
    await fake.cloud.tasks.idle();
    await fake.cfn.send(new DeleteStackCommand({ StackName: "a" }));
    await fake.cloud.tasks.idle();
    expect((await fake.cfn.send(new ListExportsCommand({}))).Exports).toEqual([]);
  });

  it("are refused twice under one name", async () => {
    await using fake = await queueCloud();
    await fake.create("a", exporter("one"));
    await fake.create("b", exporter("two"));
    expect((await fake.events("b")).at(-1)).toBe("b ROLLBACK_COMPLETE");
    expect(await fake.events("b")).toContain(
      "b ROLLBACK_IN_PROGRESS Export with name shared is already exported by stack a. Rollback requested by user.",
    );
  });
});

describe("what is there", () => {
  it("is shown by resource, template and summary", async () => {
    await using fake = await queueCloud();
    const template =
      "Metadata: {A: b}\nParameters: {P: {Type: String, Default: x, AllowedValues: [x, y]}}\nResources: {Q: {Type: AWS::SQS::Queue, Metadata: {K: v}, Properties: {QueueName: !Ref P}}}";
    await fake.create("demo", template);
    const { StackResources } = await fake.cfn.send(new DescribeStackResourcesCommand({ StackName: "demo" }));
    expect(StackResources).toMatchObject([
      {
        LogicalResourceId: "Q",
        PhysicalResourceId: "https://queues/x",
        ResourceType: "AWS::SQS::Queue",
        ResourceStatus: "CREATE_COMPLETE",
      },
    ]);
    const one = await fake.cfn.send(new DescribeStackResourceCommand({ StackName: "demo", LogicalResourceId: "Q" }));
    expect(one.StackResourceDetail?.Metadata).toBe('{"K":"v"}');
    const listed = await fake.cfn.send(new ListStackResourcesCommand({ StackName: "demo" }));
    expect(listed.StackResourceSummaries).toHaveLength(1);
    const byId = await fake.cfn.send(new DescribeStackResourcesCommand({ PhysicalResourceId: "https://queues/x" }));
    expect(byId.StackResources?.[0]?.StackName).toBe("demo");
    const { TemplateBody } = await fake.cfn.send(new GetTemplateCommand({ StackName: "demo" }));
    expect(TemplateBody).toBe(template);
    const summary = await fake.cfn.send(new GetTemplateSummaryCommand({ StackName: "demo" }));
    expect(summary).toMatchObject({
      ResourceTypes: ["AWS::SQS::Queue"],
      Parameters: [
        {
          ParameterKey: "P",
          DefaultValue: "x",
          ParameterType: "String",
          ParameterConstraints: { AllowedValues: ["x", "y"] },
        },
      ],
      Metadata: '{"A":"b"}',
    });
    const valid = await fake.cfn.send(new ValidateTemplateCommand({ TemplateBody: template }));
    expect(valid.Parameters).toMatchObject([{ ParameterKey: "P", NoEcho: false }]);
    await expect(fake.cfn.send(new ValidateTemplateCommand({ TemplateBody: "Resources: {}" }))).rejects.toThrow(
      "Template format error: At least one Resources member must be defined.",
    );
  });
});
