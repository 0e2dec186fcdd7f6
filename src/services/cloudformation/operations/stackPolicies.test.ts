import {
  GetStackPolicyCommand,
  SetStackPolicyCommand,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const template = (delay: number, name = "a") =>
  `Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: ${name}, DelaySeconds: ${delay}}}, B: {Type: AWS::SQS::Queue, Properties: {QueueName: b}}}`;

const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Statement: statements.map((statement) => ({ Principal: "*", ...statement })) });

const ALLOW_ALL = { Effect: "Allow", Action: "Update:*", Resource: "*" };

const withPolicy = async (StackPolicyBody: string) => {
  const fake = await queueCloud();
  await fake.create("demo", template(1), { StackPolicyBody });
  return {
    ...fake,
    update: async (TemplateBody: string, more: Partial<UpdateStackCommandInput> = {}) => {
      await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody, ...more }));
      await fake.cloud.tasks.idle();
      return (await fake.stack("demo"))?.StackStatus;
    },
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
};

describe("a stack policy", () => {
  it("denies what a statement denies, and the update is undone", async () => {
    const text = policy(ALLOW_ALL, { Effect: "Deny", Action: "Update:Modify", Resource: "LogicalResourceId/A" });
    await using fake = await withPolicy(text);
    expect(await fake.cfn.send(new GetStackPolicyCommand({ StackName: "demo" }))).toMatchObject({
      StackPolicyBody: text,
    });
    expect(await fake.update(template(2))).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await fake.events("demo")).toContain(
      "A UPDATE_FAILED Action denied by stack policy: Statement [#2] does not allow [Update:Modify] for resource [LogicalResourceId/A]",
    );
    expect(fake.world.queues.get("a")).toMatchObject({ DelaySeconds: 1 });
    expect(await fake.update(template(1, "renamed"))).toBe("UPDATE_COMPLETE");
  });

  it("denies what no statement allows, and whole types", async () => {
    await using fake = await withPolicy(
      policy(
        { Effect: "Allow", NotAction: "Update:Delete", Resource: "*" },
        {
          Effect: "Deny",
          Action: ["Update:Replace"],
          Resource: "*",
          Condition: { StringLike: { ResourceType: ["AWS::SQS::*"] } },
        },
      ),
    );
    const withoutB = "Resources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: a, DelaySeconds: 1}}}";
    expect(await fake.update(withoutB)).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect([...fake.world.queues.keys()]).toEqual(["a", "b"]);
    expect(await fake.update(template(1, "renamed"))).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await fake.update(template(2))).toBe("UPDATE_COMPLETE");
  });

  it("gives way to one for the update alone, which then is forgotten", async () => {
    await using fake = await withPolicy(policy({ ...ALLOW_ALL, Resource: "LogicalResourceId/B" }));
    expect(await fake.update(template(2))).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await fake.update(template(2), { StackPolicyDuringUpdateBody: policy(ALLOW_ALL) })).toBe("UPDATE_COMPLETE");
    expect(await fake.update(template(3))).toBe("UPDATE_ROLLBACK_COMPLETE");
    await fake.cfn.send(new SetStackPolicyCommand({ StackName: "demo", StackPolicyBody: policy(ALLOW_ALL) }));
    expect(await fake.update(template(3))).toBe("UPDATE_COMPLETE");
  });

  it.each([
    ["not JSON", "nonsense", /^Error validating stack policy: /],
    ["no statement", "{}", /list of statements/],
    ["an effect", policy({ ...ALLOW_ALL, Effect: "Maybe" }), /must have an Effect/],
    ["a principal", policy({ ...ALLOW_ALL, Principal: "me" }), /must have the Principal \*/],
    ["an action", policy({ ...ALLOW_ALL, Action: "s3:Get*" }), /unknown action s3:Get\*/],
    ["a condition", policy({ ...ALLOW_ALL, Condition: { Bool: {} } }), /ResourceType/],
    [
      "a resource",
      policy({ ...ALLOW_ALL, Resource: "LogicalResourceId/Nope" }),
      /^Error validating stack policy: Unknown logical id 'LogicalResourceId\/Nope' in statement /,
    ],
  ])("is refused for %s", async (_what, StackPolicyBody, message) => {
    await using fake = await queueCloud();
    await fake.create("demo", template(1));
    await expect(
      fake.cfn.send(new SetStackPolicyCommand({ StackName: "demo", StackPolicyBody })),
    ).rejects.toMatchObject({ name: "ValidationError", message: expect.stringMatching(message) });
  });
});
