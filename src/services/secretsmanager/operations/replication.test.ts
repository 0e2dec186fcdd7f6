import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  SecretsManagerClient,
  StopReplicationToReplicaCommand,
  TagResourceCommand,
} from "@aws-sdk/client-secrets-manager";
import { describe, expect, test } from "vitest";
import { testCloud } from "../../../../test/harness.ts";
import { stackOf } from "../../../../test/stackOf.ts";

const THERE = "eu-west-1";
const SecretId = "app/token";

/** A secret here and its replica there. */
const pair = async () => {
  const cloud = await testCloud();
  const here = cloud.client(SecretsManagerClient);
  const there = cloud.client(SecretsManagerClient, { region: THERE });
  const AddReplicaRegions = [{ Region: THERE }];
  const made = await here.send(new CreateSecretCommand({ Name: SecretId, SecretString: "one", AddReplicaRegions }));
  const value = async (client: SecretsManagerClient) =>
    (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  const described = (client: SecretsManagerClient) => client.send(new DescribeSecretCommand({ SecretId }));
  return { cloud, here, there, made, value, described, [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose]() };
};

describe("shape", () => {
  test("both tell where the secret is changed, and the primary where its replicas are", async () => {
    await using room = await pair();
    const status = { Region: THERE, KmsKeyId: "alias/aws/secretsmanager", Status: "InSync" };
    expect(room.made.ReplicationStatus).toMatchObject([status]);
    const [primary, replica] = [await room.described(room.here), await room.described(room.there)];
    expect(primary).toMatchObject({ PrimaryRegion: "us-east-1", ReplicationStatus: [status] });
    expect(replica).toMatchObject({ PrimaryRegion: "us-east-1", ARN: primary.ARN?.replace("us-east-1", THERE) });
    expect(replica).not.toHaveProperty("ReplicationStatus");
    const Filters = [{ Key: "primary-region" as const, Values: ["us-east-1"] }];
    expect((await room.there.send(new ListSecretsCommand({ Filters }))).SecretList).toHaveLength(1);
  });
});

describe("refusals", () => {
  test("a replica is not changed by itself, and no secret goes before its replicas", async () => {
    await using room = await pair();
    const message = "Operation not permitted on a replica secret. Call must be made in primary secret's region.";
    const refused = { name: "InvalidRequestException", message };
    const change = new PutSecretValueCommand({ SecretId, SecretString: "two" });
    await expect(room.there.send(change)).rejects.toMatchObject(refused);
    await expect(room.there.send(new DeleteSecretCommand({ SecretId }))).rejects.toMatchObject(refused);
    await expect(room.here.send(new DeleteSecretCommand({ SecretId }))).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: `You can't delete secret ${SecretId} that still has replica regions [${THERE}]`,
    });
    await expect(room.here.send(new StopReplicationToReplicaCommand({ SecretId }))).rejects.toMatchObject({
      name: "InvalidRequestException",
    });
    const toItself = new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: [{ Region: "us-east-1" }] });
    await expect(room.here.send(toItself)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  test("a name that is taken fails in its region, unless it may be overwritten", async () => {
    await using room = await pair();
    const west = room.cloud.client(SecretsManagerClient, { region: "us-west-2" });
    await west.send(new CreateSecretCommand({ Name: SecretId, SecretString: "other" }));
    const replicate = (ForceOverwriteReplicaSecret: boolean) =>
      room.here.send(
        new ReplicateSecretToRegionsCommand({
          ...{ SecretId, ForceOverwriteReplicaSecret },
          AddReplicaRegions: [{ Region: "us-west-2" }],
        }),
      );
    expect((await replicate(false)).ReplicationStatus).toMatchObject([
      { Region: THERE, Status: "InSync" },
      {
        Region: "us-west-2",
        Status: "Failed",
        StatusMessage: `Replication failed: Secret name ${SecretId} already exists in region us-west-2.`,
      },
    ]);
    expect(await room.value(west)).toBe("other");
    await replicate(true);
    expect(await room.value(west)).toBe("one");
  });
});

describe("behaviour", () => {
  test("values and tags follow", async () => {
    await using room = await pair();
    expect(await room.value(room.there)).toBe("one");
    await room.here.send(new PutSecretValueCommand({ SecretId, SecretString: "two" }));
    await room.here.send(new TagResourceCommand({ SecretId, Tags: [{ Key: "a", Value: "b" }] }));
    expect(await room.value(room.there)).toBe("two");
    expect((await room.described(room.there)).Tags).toEqual([{ Key: "a", Value: "b" }]);
  });

  test("a replica goes when its region is removed, and then the secret may go", async () => {
    await using room = await pair();
    const remove = new RemoveRegionsFromReplicationCommand({ SecretId, RemoveReplicaRegions: [THERE] });
    expect((await room.here.send(remove)).ReplicationStatus).toEqual([]);
    await expect(room.described(room.there)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await room.here.send(new DeleteSecretCommand({ SecretId }));
  });

  test("a replica may become a secret of its own", async () => {
    await using room = await pair();
    await room.there.send(new StopReplicationToReplicaCommand({ SecretId }));
    expect(await room.described(room.here)).not.toHaveProperty("ReplicationStatus");
    await room.here.send(new PutSecretValueCommand({ SecretId, SecretString: "here" }));
    await room.there.send(new PutSecretValueCommand({ SecretId, SecretString: "there" }));
    expect([await room.value(room.here), await room.value(room.there)]).toEqual(["here", "there"]);
  });

  test("a template says where a secret is", async () => {
    await using room = await pair();
    const stack = stackOf(room.cloud, "secret");
    const template = (...regions: string[]) => ({
      Resources: {
        Secret: {
          Type: "AWS::SecretsManager::Secret",
          Properties: { Name: "s", SecretString: "x", ReplicaRegions: regions.map((Region) => ({ Region })) },
        },
      },
    });
    const regions = async () => {
      const { ReplicationStatus } = await room.here.send(new DescribeSecretCommand({ SecretId: "s" }));
      return ReplicationStatus?.map(({ Region }) => Region);
    };
    expect(await stack.create(template(THERE))).toMatchObject({ status: "CREATE_COMPLETE" });
    expect(await regions()).toEqual([THERE]);
    await stack.update(template("us-west-2"));
    expect(await regions()).toEqual(["us-west-2"]);
  });
});
