import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

/** A line, a fork and a lone one; `version` changes A in place, replaces B and E, drops G and adds H. */
const template = (version: 1 | 2) => {
  const queue = (properties: string, after = "") => `{Type: AWS::SQS::Queue${after}, Properties: {${properties}}}`;
  const second = version === 2;
  return `Resources:
  A: ${queue(`QueueName: a, DelaySeconds: ${version}`)}
  B: ${queue(second ? "QueueName: b2" : "QueueName: b1", ", DependsOn: A")}
  C: ${queue(`QueueName: c, DelaySeconds: ${version}`, ", DependsOn: B")}
  D: ${queue(`QueueName: d, DelaySeconds: ${version}`, ", DependsOn: B")}
  E: ${queue(second ? "QueueName: e2" : "QueueName: e1", ", DependsOn: [C, D]")}
  F: ${queue(`QueueName: f, DelaySeconds: ${version}`)}
${second ? `  H: ${queue("QueueName: h", ", DependsOn: E")}` : `  G: ${queue("QueueName: g", ", DependsOn: F")}`}
Outputs: {E: {Value: !Ref E}}
`;
};

const QUEUES: readonly string[] = ["a", "b2", "c", "d", "e2", "f", "h"];

describe("a failure at each resource in turn", () => {
  it.each(["a", "b1", "c", "d", "e1", "f", "g"])("of a creation leaves nothing behind: %s", async (bad) => {
    await using fake = await queueCloud();
    fake.world.failing.add(bad);
    await fake.create("demo", template(1));
    expect((await fake.stack("demo"))?.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect([...fake.world.queues.keys()]).toEqual([]);
  });

  it.each(QUEUES)("of an update leaves what was before: %s", async (bad) => {
    await using fake = await queueCloud();
    await fake.create("demo", template(1));
    const before = Object.fromEntries(fake.world.queues);
    const outputs = (await fake.stack("demo"))?.Outputs;
    // The change is refused; the way back is not.
    const refusing = fake.world.failing;
    refusing.add(bad);
    fake.world.onRefusal = () => refusing.clear();
    await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: template(2) }));
    await fake.cloud.tasks.idle();
    expect((await fake.stack("demo"))?.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(Object.fromEntries(fake.world.queues)).toEqual(before);
    expect((await fake.stack("demo"))?.Outputs).toEqual(outputs);
    await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: template(2) }));
    await fake.cloud.tasks.idle();
    expect((await fake.stack("demo"))?.StackStatus).toBe("UPDATE_COMPLETE");
    expect([...fake.world.queues.keys()].sort()).toEqual([...QUEUES].sort());
  });

  it("of a way back can be passed over, and the rest goes back", async () => {
    await using fake = await queueCloud();
    const [first, second] = [1, 2].map(
      (delay) => `Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: a, DelaySeconds: ${delay}}}
  B: {Type: AWS::SQS::Queue, Properties: {QueueName: b, DelaySeconds: ${delay}}}
  Z: {Type: AWS::SQS::Queue, DependsOn: [A, B], Properties: {QueueName: z, DelaySeconds: ${delay === 2 ? 1000 : 1}}}
`,
    );
    await fake.create("demo", first ?? "");
    fake.world.onRefusal = () => fake.world.failing.add("a");
    await fake.cfn.send(new UpdateStackCommand({ StackName: "demo", TemplateBody: second }));
    await fake.cloud.tasks.idle();
    expect((await fake.stack("demo"))?.StackStatus).toBe("UPDATE_ROLLBACK_FAILED");
    const skip = (ResourcesToSkip: string[]) =>
      fake.cfn.send(new ContinueUpdateRollbackCommand({ StackName: "demo", ResourcesToSkip }));
    await expect(skip(["B"])).rejects.toMatchObject({ name: "ValidationError" });
    await skip(["A"]);
    await fake.cloud.tasks.idle();
    expect((await fake.stack("demo"))?.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(fake.world.queues.get("a")).toMatchObject({ DelaySeconds: 2 });
    expect(fake.world.queues.get("b")).toMatchObject({ DelaySeconds: 1 });
    await expect(fake.cfn.send(new CancelUpdateStackCommand({ StackName: "demo" }))).rejects.toThrow(
      "CancelUpdateStack cannot be called from current stack status",
    );
  });
});
