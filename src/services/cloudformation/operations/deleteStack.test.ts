import {
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}";

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
