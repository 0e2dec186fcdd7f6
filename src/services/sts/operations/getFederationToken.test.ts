import {
  CreateRoleCommand,
  CreateUserCommand,
  GetUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  AssumeRoleCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  type GetFederationTokenCommandInput,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { keyOf } from "../../../../test/userKey.ts";

const policy = (Action: string | readonly string[], more: object = {}) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*", ...more }] });

const sessionOf = ({ AccessKeyId = "", SecretAccessKey = "", SessionToken = "" }: Partial<Credentials> = {}) => ({
  credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
});

const userWith = async (cloud: TestCloud, PolicyDocument: string) => {
  const iam = cloud.client(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: "host", Tags: [{ Key: "team", Value: "facts" }] }));
  await iam.send(new PutUserPolicyCommand({ UserName: "host", PolicyName: "own", PolicyDocument }));
  return cloud.client(STSClient, { credentials: await keyOf(iam, "host") });
};

const letIn = (sts: STSClient, more: Partial<GetFederationTokenCommandInput> = {}) =>
  sts.send(new GetFederationTokenCommand({ Name: "bob", ...more }));

describe("GetFederationToken", () => {
  test("names whom it lets in, for as long as it is asked to", async () => {
    await using cloud = await testCloud();
    const given = await letIn(cloud.client(STSClient), { DurationSeconds: 900 });
    expect(given).toMatchObject({
      FederatedUser: {
        FederatedUserId: `${TEST_ACCOUNT}:bob`,
        Arn: `arn:aws:sts::${TEST_ACCOUNT}:federated-user/bob`,
      },
      PackedPolicySize: 0,
      Credentials: { Expiration: new Date(cloud.clock.now() + 900_000) },
    });
    const bob = cloud.client(STSClient, sessionOf(given.Credentials));
    expect(await bob.send(new GetCallerIdentityCommand({}))).toMatchObject({
      UserId: `${TEST_ACCOUNT}:bob`,
      Account: TEST_ACCOUNT,
      Arn: `arn:aws:sts::${TEST_ACCOUNT}:federated-user/bob`,
    });
    const longest = await letIn(cloud.client(STSClient), { DurationSeconds: 129_600 });
    expect(longest.Credentials?.Expiration).toEqual(new Date(cloud.clock.now() + 3_600_000));
  });

  test("allows what both its policies and the user's allow", async () => {
    await using cloud = await testCloud();
    const host = await userWith(cloud, policy(["sqs:*", "sts:*"]));
    const both = await letIn(host, { Policy: policy(["sqs:*", "secretsmanager:*"]) });
    const bob = sessionOf(both.Credentials);
    expect((await cloud.client(SQSClient, bob).send(new ListQueuesCommand({}))).$metadata.httpStatusCode).toBe(200);
    await expect(
      cloud.client(SecretsManagerClient, bob).send(new CreateSecretCommand({ Name: "s" })),
    ).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringMatching(
        /^User: arn:aws:sts::\d+:federated-user\/bob is not .* because no identity-based policy/,
      ),
    });
    const none = await letIn(host);
    await expect(cloud.client(SQSClient, sessionOf(none.Credentials)).send(new ListQueuesCommand({}))).rejects.toThrow(
      "because no session policy allows",
    );
  });

  test("a root's guest may do what its policies say", async () => {
    await using cloud = await testCloud();
    const given = await letIn(cloud.client(STSClient), { Policy: policy("sqs:*") });
    const bob = sessionOf(given.Credentials);
    expect((await cloud.client(SQSClient, bob).send(new ListQueuesCommand({}))).$metadata.httpStatusCode).toBe(200);
    await expect(cloud.client(SecretsManagerClient, bob).send(new CreateSecretCommand({ Name: "s" }))).rejects.toThrow(
      "because no session policy allows",
    );
  });

  test("a resource's policy names it directly, or the user within its session", async () => {
    await using cloud = await testCloud();
    const host = await userWith(cloud, policy("sts:*"));
    const guest = (await letIn(host)).Credentials;
    const within = (await letIn(host, { Policy: policy("secretsmanager:*") })).Credentials;
    const root = cloud.client(SecretsManagerClient);
    const readable = async (Name: string, AWS: string) => {
      await root.send(new CreateSecretCommand({ Name, SecretString: "x" }));
      const ResourcePolicy = policy("secretsmanager:GetSecretValue", { Principal: { AWS } });
      await root.send(new PutResourcePolicyCommand({ SecretId: Name, ResourcePolicy }));
    };
    await readable("direct", `arn:aws:sts::${TEST_ACCOUNT}:federated-user/bob`);
    await readable("through", `arn:aws:iam::${TEST_ACCOUNT}:user/host`);
    const read = (credentials: Credentials | undefined, SecretId: string) =>
      cloud.client(SecretsManagerClient, sessionOf(credentials)).send(new GetSecretValueCommand({ SecretId }));
    expect((await read(guest, "direct")).SecretString).toBe("x");
    await expect(read(guest, "through")).rejects.toThrow("because no session policy allows");
    expect((await read(within, "through")).SecretString).toBe("x");
  });

  test("its tags stand before the user's", async () => {
    await using cloud = await testCloud();
    const ofFacts = { Condition: { StringEquals: { "aws:PrincipalTag/team": "facts" } } };
    const host = await userWith(cloud, policy(["sqs:*", "sts:*"]));
    const lists = async (Tags: GetFederationTokenCommandInput["Tags"]) => {
      const given = await letIn(host, { Policy: policy("sqs:*", ofFacts), ...(Tags ? { Tags } : {}) });
      return cloud.client(SQSClient, sessionOf(given.Credentials)).send(new ListQueuesCommand({}));
    };
    expect((await lists(undefined)).$metadata.httpStatusCode).toBe(200);
    await expect(lists([{ Key: "team", Value: "other" }])).rejects.toThrow("because no session policy allows");
  });

  test("is refused to sessions, and to whom no policy lets", async () => {
    await using cloud = await testCloud();
    const host = await userWith(cloud, policy("sqs:*"));
    await expect(letIn(host)).rejects.toMatchObject({
      name: "AccessDenied",
      message: `User: arn:aws:iam::${TEST_ACCOUNT}:user/host is not authorized to perform: sts:GetFederationToken on resource: arn:aws:sts::${TEST_ACCOUNT}:federated-user/bob because no identity-based policy allows the sts:GetFederationToken action`,
    });
    const session = await cloud.client(STSClient).send(new GetSessionTokenCommand({}));
    await expect(letIn(cloud.client(STSClient, sessionOf(session.Credentials)))).rejects.toMatchObject({
      name: "AccessDenied",
      message: "Cannot call GetFederationToken with session credentials",
    });
    await expect(letIn(host, { Name: "b" })).rejects.toMatchObject({ name: "ValidationError" });
  });
});

test("neither a guest nor a session without a second factor may ask IAM, and a guest assumes no role", async () => {
  await using cloud = await testCloud();
  const sts = cloud.client(STSClient);
  const guest = await letIn(sts, { Policy: policy("*") });
  const session = await sts.send(new GetSessionTokenCommand({}));
  for (const { Credentials } of [guest, session]) {
    await expect(
      cloud.client(IAMClient, sessionOf(Credentials)).send(new GetUserCommand({ UserName: "host" })),
    ).rejects.toMatchObject({
      name: "InvalidClientTokenId",
      message: "The security token included in the request is invalid",
    });
  }
  const AssumeRolePolicyDocument = policy("sts:AssumeRole", { Principal: { AWS: TEST_ACCOUNT }, Resource: undefined });
  await cloud.client(IAMClient).send(new CreateRoleCommand({ RoleName: "app", AssumeRolePolicyDocument }));
  const assume = new AssumeRoleCommand({
    RoleArn: `arn:aws:iam::${TEST_ACCOUNT}:role/app`,
    RoleSessionName: "one",
  });
  await expect(cloud.client(STSClient, sessionOf(guest.Credentials)).send(assume)).rejects.toMatchObject({
    name: "AccessDenied",
  });
});

test("sessions that began before a time can be ended by a policy", async () => {
  await using cloud = await testCloud();
  const host = await userWith(cloud, policy(["sqs:*", "sts:*"]));
  const { Credentials } = await host.send(new GetSessionTokenCommand({}));
  const queues = cloud.client(SQSClient, sessionOf(Credentials));
  expect((await queues.send(new ListQueuesCommand({}))).$metadata.httpStatusCode).toBe(200);
  const before = new Date(cloud.clock.now() + 1_000).toISOString();
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { DateLessThan: { "aws:TokenIssueTime": before } },
    },
  });
  await cloud
    .client(IAMClient)
    .send(new PutUserPolicyCommand({ UserName: "host", PolicyName: "AWSRevokeOlderSessions", PolicyDocument }));
  await expect(queues.send(new ListQueuesCommand({}))).rejects.toThrow("with an explicit deny in an identity-based");
  cloud.clock.advance(2_000);
  const later = sessionOf((await host.send(new GetSessionTokenCommand({}))).Credentials);
  expect((await cloud.client(SQSClient, later).send(new ListQueuesCommand({}))).$metadata.httpStatusCode).toBe(200);
});
