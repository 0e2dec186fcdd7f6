import {
  CreateSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
  ValidateResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import { expect, test } from "vitest";
import { TEST_ACCOUNT, testCloud } from "../../../../test/harness.ts";

const policy = (Principal: unknown, more: object = {}) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action: "secretsmanager:GetSecretValue", Resource: "*", ...more }],
  });
const OWN = policy({ AWS: `arn:aws:iam::${TEST_ACCOUNT}:root` });

const secretCloud = async () => {
  const cloud = await testCloud();
  const secrets = cloud.client(SecretsManagerClient);
  await secrets.send(new CreateSecretCommand({ Name: "a", SecretString: "x" }));
  return { secrets, [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() };
};

test("a policy is validated before it is put", async () => {
  await using made = await secretCloud();
  const validate = async (ResourcePolicy: string) => {
    const answer = await made.secrets.send(new ValidateResourcePolicyCommand({ SecretId: "a", ResourcePolicy }));
    return [answer.PolicyValidationPassed, answer.ValidationErrors?.map(({ CheckName }) => CheckName)];
  };
  expect(await validate(OWN)).toEqual([true, []]);
  expect(await validate(policy("*"))).toEqual([false, ["PUBLIC_ACCESS_CHECK"]]);
  const narrowed = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } } };
  expect(await validate(policy("*", narrowed))).toEqual([true, []]);
  expect(await validate(policy({ AWS: TEST_ACCOUNT }, { Effect: "Perhaps" }))).toEqual([false, ["SYNTAX_CHECK"]]);
});

test("what is no policy, and whose secret is not there, is refused", async () => {
  await using made = await secretCloud();
  const validate = (SecretId: string, ResourcePolicy: string) =>
    made.secrets.send(new ValidateResourcePolicyCommand({ SecretId, ResourcePolicy }));
  await expect(validate("a", "{")).rejects.toMatchObject({ name: "MalformedPolicyDocumentException" });
  await expect(validate("none", OWN)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  await expect(validate("a name", OWN)).rejects.toMatchObject({ name: "ValidationException" });
});

test("a public policy is blocked where that is asked for", async () => {
  await using made = await secretCloud();
  const put = (ResourcePolicy: string, BlockPublicPolicy: boolean) =>
    made.secrets.send(new PutResourcePolicyCommand({ SecretId: "a", ResourcePolicy, BlockPublicPolicy }));
  await put(OWN, true);
  await expect(put(policy({ AWS: "*" }), true)).rejects.toMatchObject({ name: "PublicPolicyException" });
  const kept = await made.secrets.send(new GetResourcePolicyCommand({ SecretId: "a" }));
  expect(kept.ResourcePolicy).toBe(OWN);
  await put(policy("*"), false);
});
