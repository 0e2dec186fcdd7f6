import { CancelUpdateStackCommand, GetTemplateCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}";

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
