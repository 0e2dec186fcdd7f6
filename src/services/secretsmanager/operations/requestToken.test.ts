import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const MISSING = "You must provide a ClientRequestToken value. We recommend a UUID-type value.";

/** A client that takes the token out of its requests again, which the SDK puts in. */
const withoutToken = (cloud: TestCloud): SecretsManagerClient => {
  const client = cloud.client(SecretsManagerClient);
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { body: string | Uint8Array<ArrayBuffer> };
      const given: object = JSON.parse(await new Response(request.body).text());
      request.body = JSON.stringify({ ...given, ClientRequestToken: undefined });
      return next(args);
    },
    { step: "build", priority: "high" },
  );
  return client;
};

test("who brings a value or rotates gives a token, or is refused before all else", async () => {
  await using cloud = await testCloud();
  const client = withoutToken(cloud);
  const value = { SecretId: "none", SecretString: "x" };
  for (const request of [
    client.send(new CreateSecretCommand({ Name: "db", SecretString: "x" })),
    client.send(new PutSecretValueCommand(value)),
    client.send(new UpdateSecretCommand(value)),
  ]) {
    expect(await refusal(request)).toBe(`InvalidRequestException: ${MISSING}`);
  }
  const rotation = client.send(new RotateSecretCommand({ SecretId: "none" }));
  expect(await refusal(rotation)).toBe(`InvalidParameterException: ${MISSING}`);
});

test("without a value no token is asked for", async () => {
  await using cloud = await testCloud();
  const client = withoutToken(cloud);
  expect(await client.send(new CreateSecretCommand({ Name: "db" }))).not.toHaveProperty("VersionId");
  expect(await client.send(new UpdateSecretCommand({ SecretId: "db", Description: "d" }))).toMatchObject({
    Name: "db",
  });
});

test("a stack gives each of its changes a token, also one that goes back", async () => {
  await using cloud = await testCloud();
  const stack = stackOf(cloud);
  const secret = async () =>
    (await cloud.client(SecretsManagerClient).send(new GetSecretValueCommand({ SecretId: "db" }))).SecretString;
  const template = (SecretString: string, more: object = {}) => ({
    Resources: { Secret: { Type: "AWS::SecretsManager::Secret", Properties: { Name: "db", SecretString } }, ...more },
  });
  await stack.create(template("one"));
  expect((await stack.update(template("two"))).status).toBe("UPDATE_COMPLETE");
  expect(await secret()).toBe("two");
  const broken = { Topic: { Type: "AWS::SNS::TopicInlinePolicy", DependsOn: "Secret", Properties: BROKEN_POLICY } };
  expect((await stack.update(template("one", broken))).status).toBe("UPDATE_ROLLBACK_COMPLETE");
  expect(await secret()).toBe("two");
});

const BROKEN_POLICY = { TopicArn: "arn:aws:sns:us-east-1:123456789012:none", PolicyDocument: {} };
