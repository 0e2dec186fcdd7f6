import {
  DescribeStackResourceCommand,
  ResourceSignalStatus,
  SignalResourceCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const template = (signal: string) => `Resources:
  W: {Type: AWS::CloudFormation::WaitCondition, CreationPolicy: {ResourceSignal: ${signal}}}
  Q: {Type: AWS::SQS::Queue, DependsOn: W, Properties: {QueueName: after}}
`;

const waiting = async (signal: string) => {
  const fake = await queueCloud();
  const creating = fake.create("demo", template(signal));
  const resource = () =>
    fake.cfn.send(new DescribeStackResourceCommand({ StackName: "demo", LogicalResourceId: "W" })).then(
      ({ StackResourceDetail }) => StackResourceDetail?.ResourceStatusReason,
      () => undefined,
    );
  while ((await resource()) !== "Resource creation Initiated") await new Promise((resolve) => setImmediate(resolve));
  return {
    ...fake,
    creating,
    signal: (UniqueId: string, Status: ResourceSignalStatus = ResourceSignalStatus.SUCCESS) =>
      fake.cfn.send(new SignalResourceCommand({ StackName: "demo", LogicalResourceId: "W", UniqueId, Status })),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
};

describe("SignalResource", () => {
  it("lets a resource go on once it has been signalled often enough", async () => {
    await using fake = await waiting("{Count: 2, Timeout: PT10M}");
    await fake.signal("one");
    await expect(fake.signal("one")).rejects.toThrow("Signal with ID one for resource W already exists.");
    expect(fake.world.queues.size).toBe(0);
    await fake.signal("two");
    await fake.creating;
    expect((await fake.stack("demo"))?.StackStatus).toBe("CREATE_COMPLETE");
    expect(fake.world.queues.has("after")).toBe(true);
    expect(await fake.events("demo")).toEqual(
      expect.arrayContaining(["W CREATE_IN_PROGRESS Received SUCCESS signal with UniqueId two", "W CREATE_COMPLETE"]),
    );
    await expect(fake.signal("three")).rejects.toThrow(/is in CREATE_COMPLETE state and cannot be signaled$/);
  });

  it("fails a resource, which may have said before that it succeeded", async () => {
    await using fake = await waiting("{Count: 2}");
    await fake.signal("one");
    await fake.signal("one", ResourceSignalStatus.FAILURE);
    await fake.creating;
    expect((await fake.stack("demo"))?.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await fake.events("demo")).toContain("W CREATE_FAILED Received FAILURE signal with UniqueId one");
  });

  it("is waited for only so long", async () => {
    await using fake = await waiting("{Count: 3, Timeout: PT1M}");
    await fake.signal("one");
    fake.cloud.clock.advance(60_001);
    await fake.creating;
    expect(await fake.events("demo")).toContain(
      "W CREATE_FAILED Failed to receive 2 resource signal(s) within the specified duration",
    );
  });

  it("is refused for what is not there", async () => {
    await using fake = await waiting("{}");
    const input = { LogicalResourceId: "Nope", UniqueId: "x", Status: ResourceSignalStatus.SUCCESS };
    await expect(fake.cfn.send(new SignalResourceCommand({ ...input, StackName: "demo" }))).rejects.toThrow(
      "Resource Nope does not exist for stack demo",
    );
    await expect(fake.cfn.send(new SignalResourceCommand({ ...input, StackName: "none" }))).rejects.toThrow(
      "Stack with id none does not exist",
    );
    await fake.signal("one");
    await fake.creating;
  });
});
