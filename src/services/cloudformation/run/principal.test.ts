import { IAMClient } from "@aws-sdk/client-iam";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, it } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stacksOf } from "../../../../test/queueCloud.ts";
import { serviceRole } from "../../../../test/serviceRole.ts";

const ROLE = "arn:aws:iam::123456789012:role/deployer";
const TEMPLATE = "Resources: {S: {Type: AWS::SecretsManager::Secret, Properties: {Name: made, SecretString: x}}}";

const withRole = async (actions: readonly string[]) => {
  const cloud = await testCloud();
  await serviceRole(cloud.client(IAMClient), "deployer", "cloudformation", actions);
  return { cloud, ...stacksOf(cloud), [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() };
};

it("makes resources as the stack's role, which can do what it may and no more", async () => {
  await using allowed = await withRole(["secretsmanager:*"]);
  await allowed.create("demo", TEMPLATE, { RoleARN: ROLE });
  expect((await allowed.stack("demo"))?.StackStatus).toBe("CREATE_COMPLETE");
  const { SecretList } = await allowed.cloud.client(SecretsManagerClient).send(new ListSecretsCommand({}));
  expect(SecretList).toHaveLength(1);
});

it("names the call and the action that the role may not do", async () => {
  await using refused = await withRole(["s3:*"]);
  await refused.create("demo", TEMPLATE, { RoleARN: ROLE });
  expect((await refused.stack("demo"))?.StackStatus).toBe("ROLLBACK_COMPLETE");
  const failed = (await refused.events("demo")).find((line) => line.startsWith("S CREATE_FAILED"));
  expect(failed).toContain("secretsmanager:CreateSecret");
  expect(failed).toContain("assumed-role/deployer/AWSCloudFormation");
  expect(failed).toContain("HandlerErrorCode: AccessDenied");
});

it("refuses a role it cannot assume before anything is made", async () => {
  await using fake = await withRole(["s3:*"]);
  await expect(fake.create("demo", TEMPLATE, { RoleARN: `${ROLE}-not` })).rejects.toThrow(
    `Role ${ROLE}-not is invalid or cannot be assumed`,
  );
  await expect(fake.stack("demo")).rejects.toThrow("does not exist");
});
