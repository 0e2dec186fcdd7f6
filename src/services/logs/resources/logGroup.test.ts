import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DisassociateKmsKeyCommand,
  PutLogGroupDeletionProtectionCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const template = (more: string) =>
  `Resources: {G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /app, RetentionInDays: 7${more}}}}`;

const KEY = "arn:aws:kms:us-east-1:123456789012:key/one";

const withGroup = async () => {
  const cloud = await testCloud();
  const logs = cloud.client(CloudWatchLogsClient);
  const group = async () => (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.[0];
  const stack = stackOf(cloud);
  await stack.create(template(""));
  return { cloud, logs, group, stack };
};

describe("a log group that changes with its stack", () => {
  test("takes up its key and its protection, and gives them back", async () => {
    const { cloud, group, stack } = await withGroup();
    await using _ = cloud;
    await stack.update(template(`, KmsKeyId: '${KEY}', DeletionProtectionEnabled: true`));
    expect(await group()).toMatchObject({ kmsKeyId: KEY, deletionProtectionEnabled: true });
    await stack.update(template(""));
    const after = await group();
    expect(after).toMatchObject({ deletionProtectionEnabled: false });
    expect(after).not.toHaveProperty("kmsKeyId");
  });

  test("does not change its class", async () => {
    const { cloud, stack } = await withGroup();
    await using _ = cloud;
    const { status, reasons } = await stack.update(template(", LogGroupClass: INFREQUENT_ACCESS"));
    expect(status).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(reasons.join()).toContain(
      "Resource of type 'AWS::Logs::LogGroup' with identifier '/app' is not updatable with parameters provided.",
    );
  });
});

describe("refusals", () => {
  test("a group is named in one way, and must be there", async () => {
    const { cloud, logs } = await withGroup();
    await using _ = cloud;
    await expect(logs.send(new DisassociateKmsKeyCommand({}))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await expect(
      logs.send(
        new PutLogGroupDeletionProtectionCommand({ logGroupIdentifier: "/none", deletionProtectionEnabled: true }),
      ),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});
