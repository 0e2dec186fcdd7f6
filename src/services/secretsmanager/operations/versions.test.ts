import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { describe, expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";

const DAY_MS = 86_400_000;
const token = (letter: string) => letter.repeat(32);

const withSecret = async () => {
  const cloud = await testCloud();
  const client = cloud.client(SecretsManagerClient);
  const { ARN = "" } = await client.send(
    new CreateSecretCommand({ Name: "db", SecretString: "one", ClientRequestToken: token("1") }),
  );
  return { cloud, client, ARN };
};

describe("versions", () => {
  test("a token that stands for another value is refused", async () => {
    const { cloud, client, ARN } = await withSecret();
    await using _ = cloud;
    const other = { SecretId: "db", SecretString: "two", ClientRequestToken: token("1") };
    for (const request of [new PutSecretValueCommand(other), new UpdateSecretCommand(other)])
      await expect(client.send(request as PutSecretValueCommand)).rejects.toMatchObject({
        name: "ResourceExistsException",
        message: `You can't use ClientRequestToken ${token("1")} because that value is already in use for a version of secret ${ARN}.`,
      });
  });

  test("a new value is current, and the one before it previous", async () => {
    const { cloud, client } = await withSecret();
    await using _ = cloud;
    await client.send(
      new PutSecretValueCommand({ SecretId: "db", SecretString: "two", ClientRequestToken: token("2") }),
    );
    await client.send(
      new UpdateSecretCommand({ SecretId: "db", SecretString: "three", ClientRequestToken: token("3") }),
    );
    expect((await client.send(new GetSecretValueCommand({ SecretId: "db" }))).SecretString).toBe("three");
    expect(
      (await client.send(new GetSecretValueCommand({ SecretId: "db", VersionStage: "AWSPREVIOUS" }))).SecretString,
    ).toBe("two");
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
    expect(VersionIdsToStages).toEqual({ [token("2")]: ["AWSPREVIOUS"], [token("3")]: ["AWSCURRENT"] });
    const all = await client.send(new ListSecretVersionIdsCommand({ SecretId: "db", IncludeDeprecated: true }));
    expect(all.Versions?.map(({ VersionId }) => VersionId)).toEqual([token("1"), token("2"), token("3")]);
  });

  test("a version that is no longer current is not pending either", async () => {
    const { cloud, client } = await withSecret();
    await using _ = cloud;
    const put = (SecretString: string, letter: string, VersionStages?: string[]) =>
      client.send(
        new PutSecretValueCommand({ SecretId: "db", SecretString, ClientRequestToken: token(letter), VersionStages }),
      );
    await put("two", "2", ["AWSPENDING"]);
    await client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: "db",
        VersionStage: "AWSCURRENT",
        MoveToVersionId: token("2"),
        RemoveFromVersionId: token("1"),
      }),
    );
    await put("three", "3");
    await client.send(new GetSecretValueCommand({ SecretId: "db" }));
    const { Versions } = await client.send(
      new ListSecretVersionIdsCommand({ SecretId: "db", IncludeDeprecated: true }),
    );
    expect(Versions).toEqual([
      { VersionId: token("1"), CreatedDate: expect.any(Date), KmsKeyIds: ["DefaultEncryptionKey"] },
      {
        VersionId: token("2"),
        VersionStages: ["AWSPREVIOUS"],
        CreatedDate: expect.any(Date),
        KmsKeyIds: ["DefaultEncryptionKey"],
      },
      {
        VersionId: token("3"),
        VersionStages: ["AWSCURRENT"],
        CreatedDate: expect.any(Date),
        LastAccessedDate: expect.any(Date),
        KmsKeyIds: ["DefaultEncryptionKey"],
      },
    ]);
  });

  test("a stage moves by name, and the current one takes the previous along", async () => {
    const { cloud, client } = await withSecret();
    await using _ = cloud;
    await client.send(
      new PutSecretValueCommand({ SecretId: "db", SecretString: "two", ClientRequestToken: token("2") }),
    );
    await client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: "db",
        VersionStage: "AWSCURRENT",
        MoveToVersionId: token("1"),
        RemoveFromVersionId: token("2"),
      }),
    );
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: "db" }));
    expect(VersionIdsToStages).toEqual({ [token("1")]: ["AWSCURRENT"], [token("2")]: ["AWSPREVIOUS"] });
  });

  test("binary comes back as bytes", async () => {
    const { cloud, client } = await withSecret();
    await using _ = cloud;
    await client.send(new PutSecretValueCommand({ SecretId: "db", SecretBinary: Buffer.from([0, 255, 7]) }));
    const { SecretBinary } = await client.send(new GetSecretValueCommand({ SecretId: "db" }));
    expect([...(SecretBinary ?? [])]).toEqual([0, 255, 7]);
  });

  test("what is not there is named as AWS names it", async () => {
    const { cloud, client } = await withSecret();
    await using _ = cloud;
    await expect(client.send(new GetSecretValueCommand({ SecretId: "none" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret.",
    });
    await expect(client.send(new GetSecretValueCommand({ SecretId: "db", VersionStage: "X" }))).rejects.toMatchObject({
      message: "Secrets Manager can't find the specified secret value for staging label: X",
    });
  });

  test("a secret is found by name, by ARN and by ARN without its tail", async () => {
    const { cloud, client, ARN } = await withSecret();
    await using _ = cloud;
    for (const SecretId of ["db", ARN, ARN.slice(0, -7)]) {
      expect((await client.send(new GetSecretValueCommand({ SecretId }))).ARN).toBe(ARN);
    }
  });
});

describe("deletion", () => {
  test("a deleted secret can be restored until its window is over", async () => {
    const { cloud, client } = await withSecret();
    await using _ = cloud;
    const { DeletionDate } = await client.send(new DeleteSecretCommand({ SecretId: "db", RecoveryWindowInDays: 7 }));
    expect(DeletionDate?.getTime()).toBe(cloud.clock.now() + 7 * DAY_MS);
    await expect(client.send(new GetSecretValueCommand({ SecretId: "db" }))).rejects.toMatchObject({
      name: "InvalidRequestException",
      message: "You can't perform this operation on the secret because it was marked for deletion.",
    });
    await client.send(new RestoreSecretCommand({ SecretId: "db" }));
    expect((await client.send(new GetSecretValueCommand({ SecretId: "db" }))).SecretString).toBe("one");
    await client.send(new DeleteSecretCommand({ SecretId: "db", RecoveryWindowInDays: 7 }));
    cloud.clock.advance(7 * DAY_MS);
    await expect(client.send(new RestoreSecretCommand({ SecretId: "db" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  test("by force it is gone at once, and again without a fault", async () => {
    const { cloud, client } = await withSecret();
    await using _ = cloud;
    const force = new DeleteSecretCommand({ SecretId: "db", ForceDeleteWithoutRecovery: true });
    await client.send(force);
    await expect(client.send(new DescribeSecretCommand({ SecretId: "db" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await expect(client.send(force)).resolves.toMatchObject({ Name: "db" });
  });
});

test("secrets are listed in pages and found by filters and tags", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SecretsManagerClient);
  for (const Name of ["app/a", "app/b", "web/c"]) {
    await client.send(new CreateSecretCommand({ Name, Tags: [{ Key: "team", Value: Name.slice(0, 3) }] }));
    cloud.clock.advance(1000);
  }
  const names: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new ListSecretsCommand({ MaxResults: 2, SortOrder: "asc", ...(NextToken ? { NextToken } : {}) }),
    );
    names.push(...(page.SecretList ?? []).map(({ Name }) => Name));
    NextToken = page.NextToken;
  } while (NextToken);
  expect(names).toEqual(["app/a", "app/b", "web/c"]);
  const found = await client.send(new ListSecretsCommand({ Filters: [{ Key: "name", Values: ["app/", "!app/b"] }] }));
  expect(found.SecretList?.map(({ Name }) => Name)).toEqual(["app/a"]);
  await client.send(new TagResourceCommand({ SecretId: "app/a", Tags: [{ Key: "x", Value: "1" }] }));
  await client.send(new UntagResourceCommand({ SecretId: "app/a", TagKeys: ["team"] }));
  expect((await client.send(new DescribeSecretCommand({ SecretId: "app/a" }))).Tags).toEqual([
    { Key: "x", Value: "1" },
  ]);
  await expect(client.send(new ListSecretsCommand({ NextToken: "rubbish" }))).rejects.toMatchObject({
    name: "InvalidNextTokenException",
  });
});

test("words of a description are looked for at the start of its words", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SecretsManagerClient);
  for (const [Name, Description] of [
    ["a", "a secret"],
    ["b", "An secret"],
    ["c", "asecret"],
    ["d", "thesecret"],
  ])
    await client.send(new CreateSecretCommand({ Name, Description }));
  const found = async (value: string) => {
    const { SecretList } = await client.send(
      new ListSecretsCommand({ SortOrder: "asc", Filters: [{ Key: "description", Values: [value] }] }),
    );
    return SecretList?.map(({ Name }) => Name);
  };
  expect(await found("a")).toEqual(["a", "b", "c"]);
  expect(await found("a secret")).toEqual(["a", "b"]);
  expect(await found("!a")).toEqual(["d"]);
});

test("`all` looks for words, also of names that are written as one, the oldest secret first", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SecretsManagerClient);
  for (const secret of [
    { Name: "prod/AppBeta" },
    { Name: "COMPANYthings", Tags: [{ Key: "team", Value: "blue" }] },
    { Name: "a-company", Description: "ofThings" },
  ]) {
    await client.send(new CreateSecretCommand(secret));
    cloud.clock.advance(1000);
  }
  const found = async (value: string) => {
    const { SecretList } = await client.send(new ListSecretsCommand({ Filters: [{ Key: "all", Values: [value] }] }));
    return SecretList?.map(({ Name }) => Name);
  };
  expect(await found("beta PROD")).toEqual(["prod/AppBeta"]);
  expect(await found("eta")).toEqual([]);
  expect(await found("Compan")).toEqual(["COMPANYthings", "a-company"]);
  expect(await found("company")).toEqual(["a-company"]);
  expect(await found("yth blue")).toEqual(["COMPANYthings"]);
  expect(await found("thing")).toEqual(["a-company"]);
  expect(await found("/")).toEqual([]);
  const { SecretList } = await client.send(new ListSecretsCommand({ SortOrder: "desc" }));
  expect(SecretList?.map(({ Name }) => Name)).toEqual(["a-company", "COMPANYthings", "prod/AppBeta"]);
});

test("a secret without description, tags and versions is described without them", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SecretsManagerClient);
  const { ARN } = await client.send(new CreateSecretCommand({ Name: "bare", Description: "" }));
  const { $metadata: _, ...described } = await client.send(new DescribeSecretCommand({ SecretId: "bare" }));
  expect(described).toEqual({ ARN, Name: "bare", CreatedDate: expect.any(Date), LastChangedDate: expect.any(Date) });
});

test("a batch answers what it finds and says what it does not", async () => {
  const { cloud, client } = await withSecret();
  await using _ = cloud;
  const answer = await client.send(new BatchGetSecretValueCommand({ SecretIdList: ["db", "none"] }));
  expect(answer.SecretValues?.map(({ SecretString }) => SecretString)).toEqual(["one"]);
  expect(answer.Errors).toMatchObject([{ SecretId: "none", ErrorCode: "ResourceNotFoundException" }]);
  await expect(client.send(new BatchGetSecretValueCommand({ SecretIdList: ["db"], MaxResults: 1 }))).rejects.toThrow(
    "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.",
  );
});

test("a random password has a character of each type that is asked for", async () => {
  await using cloud = await testCloud();
  const client = cloud.client(SecretsManagerClient);
  const { RandomPassword = "" } = await client.send(
    new GetRandomPasswordCommand({ PasswordLength: 12, ExcludePunctuation: true }),
  );
  expect(RandomPassword).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{12}$/);
});
