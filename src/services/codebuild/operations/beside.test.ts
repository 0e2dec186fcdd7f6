import {
  BatchGetReportGroupsCommand,
  CodeBuildClient,
  CreateReportGroupCommand,
  DeleteReportGroupCommand,
  DeleteResourcePolicyCommand,
  DeleteSourceCredentialsCommand,
  GetResourcePolicyCommand,
  ImportSourceCredentialsCommand,
  InvalidateProjectCacheCommand,
  ListReportGroupsCommand,
  ListSourceCredentialsCommand,
  PutResourcePolicyCommand,
  StartSandboxConnectionCommand,
  UpdateReportGroupCommand,
} from "@aws-sdk/client-codebuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { createGate } from "../builds/gate.ts";

let cloud: TestCloud;
let client: CodeBuildClient;
beforeEach(async () => {
  cloud = await testCloud();
  client = cloud.client(CodeBuildClient);
});
afterEach(() => cloud[Symbol.asyncDispose]());

describe("source credentials", () => {
  const token = { token: "t", serverType: "GITHUB", authType: "PERSONAL_ACCESS_TOKEN" } as const;

  it("are one for each kind of server, and never shown", async () => {
    const { arn } = await client.send(new ImportSourceCredentialsCommand(token));
    expect(arn).toBe("arn:aws:codebuild:us-east-1:123456789012:token/github");
    await expect(
      client.send(new ImportSourceCredentialsCommand({ ...token, shouldOverwrite: false })),
    ).rejects.toMatchObject({ name: "ResourceAlreadyExistsException" });
    const { sourceCredentialsInfos } = await client.send(new ListSourceCredentialsCommand({}));
    expect(sourceCredentialsInfos).toEqual([{ arn, serverType: "GITHUB", authType: "PERSONAL_ACCESS_TOKEN" }]);
    await client.send(new DeleteSourceCredentialsCommand({ arn }));
    await expect(client.send(new DeleteSourceCredentialsCommand({ arn }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

describe("report groups and their policies", () => {
  it("are made, shown, changed and deleted", async () => {
    const input = { name: "unit", type: "TEST", exportConfig: { exportConfigType: "NO_EXPORT" } } as const;
    const { reportGroup } = await client.send(new CreateReportGroupCommand(input));
    const arn = reportGroup?.arn ?? "";
    expect(arn).toBe("arn:aws:codebuild:us-east-1:123456789012:report-group/unit");
    await expect(client.send(new CreateReportGroupCommand(input))).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
    });
    await client.send(new UpdateReportGroupCommand({ arn, tags: [{ key: "a", value: "b" }] }));
    const shown = await client.send(new BatchGetReportGroupsCommand({ reportGroupArns: [arn, "arn:none"] }));
    expect(shown.reportGroups?.[0]?.tags).toEqual([{ key: "a", value: "b" }]);
    expect(shown.reportGroupsNotFound).toEqual(["arn:none"]);
    expect((await client.send(new ListReportGroupsCommand({}))).reportGroups).toEqual([arn]);

    const policy = '{"Version":"2012-10-17","Statement":[]}';
    await client.send(new PutResourcePolicyCommand({ resourceArn: arn, policy }));
    expect((await client.send(new GetResourcePolicyCommand({ resourceArn: arn }))).policy).toBe(policy);
    await expect(client.send(new PutResourcePolicyCommand({ resourceArn: arn, policy: "no" }))).rejects.toMatchObject({
      name: "InvalidInputException",
    });
    await client.send(new DeleteResourcePolicyCommand({ resourceArn: arn }));
    await expect(client.send(new GetResourcePolicyCommand({ resourceArn: arn }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await client.send(new DeleteReportGroupCommand({ arn }));
    expect((await client.send(new ListReportGroupsCommand({}))).reportGroups).toEqual([]);
  });
});

describe("what is not there or not built", () => {
  it("is refused by its name", async () => {
    await expect(client.send(new InvalidateProjectCacheCommand({ projectName: "none" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await expect(client.send(new StartSandboxConnectionCommand({ sandboxId: "app:1" }))).rejects.toMatchObject({
      name: "NotImplemented",
      message: expect.stringContaining("StartSandboxConnection"),
    });
  });
});

describe("the gate", () => {
  it("lets a bounded number through, in order, and forgets who gives up", async () => {
    const gate = createGate(1);
    const controller = new AbortController();
    const signal = new AbortController().signal;
    const order: string[] = [];
    const leave = await gate.enter(signal);
    const given = gate.enter(controller.signal).catch((reason: Error) => order.push(reason.message));
    const waiting = gate.enter(signal).then((next) => {
      order.push("in");
      return next;
    });
    controller.abort(new Error("gave up"));
    await given;
    leave();
    (await waiting)();
    (await gate.enter(signal))();
    expect(order).toEqual(["gave up", "in"]);
    await expect(gate.enter(controller.signal)).rejects.toThrow("gave up");
  });
});
