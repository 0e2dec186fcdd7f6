import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

test("a secret is created and read", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SecretsManagerClient);
  const made = await client.send(new CreateSecretCommand({ Name: "github/personal-access-token", SecretString: "s3cret" }));
  expect(made.ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:github\/personal-access-token-[A-Za-z0-9]{6}$/);
  const read = await client.send(new GetSecretValueCommand({ SecretId: "github/personal-access-token" }));
  expect(read.SecretString).toBe("s3cret");
  await expect(client.send(new GetSecretValueCommand({ SecretId: "x" }))).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
