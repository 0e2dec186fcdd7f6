import {
  DeleteStackCommand,
  ListExportsCommand,
  ListImportsCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { queueCloud } from "../../../../test/queueCloud.ts";

const QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}";

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
