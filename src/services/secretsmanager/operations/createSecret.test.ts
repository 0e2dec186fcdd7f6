import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const NAME = "github/personal-access-token";
const TOKEN = "a".repeat(32);

describe("shape", () => {
  test("answers the ARN with six random characters, the name and the version", async () => {
    await using cloud = await testCloud();
    const { $metadata, ...made } = await cloud
      .client(SecretsManagerClient)
      .send(new CreateSecretCommand({ Name: NAME, SecretString: "x" }));
    expect($metadata.httpStatusCode).toBe(200);
    expect(made).toEqual({
      ARN: expect.stringMatching(
        /^arn:aws:secretsmanager:us-east-1:123456789012:secret:github\/personal-access-token-[A-Za-z0-9]{6}$/,
      ),
      Name: NAME,
      VersionId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
  });

  test("has no version when it brings no value", async () => {
    await using cloud = await testCloud();
    const made = await cloud.client(SecretsManagerClient).send(new CreateSecretCommand({ Name: NAME }));
    expect(made.VersionId).toBeUndefined();
  });
});

describe("refusals", () => {
  test.each<[string, ConstructorParameters<typeof CreateSecretCommand>[0], string, string]>([
    [
      "a name with other characters",
      { Name: "a b" },
      "ValidationException",
      "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
    ],
    [
      "two kinds of value",
      { Name: NAME, SecretString: "x", SecretBinary: Buffer.from("x") },
      "InvalidParameterException",
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    ],
    [
      "a token that is too short",
      { Name: NAME, ClientRequestToken: "short" },
      "ValidationException",
      "1 validation error detected: Value 'short' at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 32",
    ],
    [
      "an empty name",
      { Name: "" },
      "ValidationException",
      "1 validation error detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
  ])("%s", async (_case, input, name, message) => {
    await using cloud = await testCloud();
    await expect(cloud.client(SecretsManagerClient).send(new CreateSecretCommand(input))).rejects.toMatchObject({
      name,
      message,
    });
  });

  test("a name that is taken", async () => {
    await using cloud = await testCloud();
    const client = cloud.client(SecretsManagerClient);
    await client.send(new CreateSecretCommand({ Name: NAME }));
    await expect(client.send(new CreateSecretCommand({ Name: NAME }))).rejects.toMatchObject({
      name: "ResourceExistsException",
      message: `The operation failed because the secret ${NAME} already exists.`,
    });
  });

  test("a name that waits for its deletion", async () => {
    await using cloud = await testCloud();
    const client = cloud.client(SecretsManagerClient);
    await client.send(new CreateSecretCommand({ Name: NAME }));
    await client.send(new DeleteSecretCommand({ SecretId: NAME }));
    await expect(client.send(new CreateSecretCommand({ Name: NAME }))).rejects.toMatchObject({
      name: "InvalidRequestException",
      message: "You can't create this secret because a secret with this name is already scheduled for deletion.",
    });
  });

  test("a key that nobody has", async () => {
    await using cloud = await testCloud();
    const credentials = { accessKeyId: "AKIAAAAAAAAAAAAAAAAA", secretAccessKey: "x" };
    await expect(
      cloud.client(SecretsManagerClient, { credentials }).send(new CreateSecretCommand({ Name: NAME })),
    ).rejects.toMatchObject({
      name: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    });
  });
});

describe("behaviour", () => {
  test("the same token and value again answer the same version; another value is refused", async () => {
    await using cloud = await testCloud();
    const client = cloud.client(SecretsManagerClient);
    const request = { Name: NAME, SecretString: "x", ClientRequestToken: TOKEN };
    const first = await client.send(new CreateSecretCommand(request));
    const second = await client.send(new CreateSecretCommand(request));
    expect([second.ARN, second.VersionId]).toEqual([first.ARN, TOKEN]);
    await expect(client.send(new CreateSecretCommand({ ...request, SecretString: "y" }))).rejects.toMatchObject({
      name: "ResourceExistsException",
    });
  });

  test("the value does not lie readable in the store", async () => {
    await using cloud = await testCloud();
    await cloud.client(SecretsManagerClient).send(new CreateSecretCommand({ Name: NAME, SecretString: "hunter2" }));
    const secrets = cloud.records.scope("secretsmanager/123456789012/us-east-1").collection("secrets");
    expect(JSON.stringify(secrets.get(NAME))).not.toContain("hunter2");
  });

  test("regions and accounts do not see each other's secrets", async () => {
    await using cloud = await testCloud({ auth: "open" });
    await cloud.client(SecretsManagerClient).send(new CreateSecretCommand({ Name: NAME }));
    const elsewhere = cloud.client(SecretsManagerClient, { region: "eu-west-1" });
    await expect(elsewhere.send(new CreateSecretCommand({ Name: NAME }))).resolves.toMatchObject({ Name: NAME });
    const credentials = { accessKeyId: "999999999999", secretAccessKey: "x" };
    const other = await cloud
      .client(SecretsManagerClient, { credentials })
      .send(new CreateSecretCommand({ Name: NAME }));
    expect(other.ARN).toContain(":999999999999:");
  });
});
