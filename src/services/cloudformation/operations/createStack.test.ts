import {
  CreateStackCommand,
  ListStacksCommand,
  RollbackStackCommand,
  UpdateStackCommand,
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

  it.each(["!Ref AWS::NotificationARNs", "!Ref Zones", "!Split [',', 'a,b']"])(
    "refuses an output that is a list before anything is made: %s",
    async (value) => {
      await using fake = await queueCloud();
      const Parameters = "Parameters: {Zones: {Type: CommaDelimitedList, Default: 'a,b'}}";
      await expect(fake.create("demo", `${Parameters}\n${QUEUE}\nOutputs: {O: {Value: ${value}}}`)).rejects.toThrow(
        "Template format error: The Value field of every Outputs member must evaluate to a String.",
      );
      expect(fake.world.queues.size).toBe(0);
    },
  );

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
