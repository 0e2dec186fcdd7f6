import {
  CancelKeyDeletionCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  KMSClient,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  UpdatePrimaryRegionCommand,
} from "@aws-sdk/client-kms";
import { describe, expect, test } from "vitest";
import { DAY_MS } from "../../../kernel/clock.ts";
import { kmsRoom } from "../kmsFixture.ts";

const HERE = "us-east-1";
const THERE = "eu-west-1";
const Plaintext = Buffer.from("hunter2");

/** A multi-Region key here, with a replica there. */
const pair = async () => {
  const { cloud, kms: here, make, ...room } = await kmsRoom();
  const there = cloud.client(KMSClient, { region: THERE });
  const KeyId = await make({ MultiRegion: true, Description: "first" });
  const answer = await here.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: THERE }));
  const metadata = async (kms: KMSClient) => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;
  return { ...room, cloud, here, there, make, KeyId, answer, metadata };
};

const arnIn = (region: string, id: string) => `arn:aws:kms:${region}:123456789012:key/${id}`;

describe("shape", () => {
  test("a replica is told in the making, and then by both", async () => {
    await using made = await pair();
    const { KeyId } = made;
    expect(made.answer).toMatchObject({
      ReplicaKeyMetadata: { Arn: arnIn(THERE, KeyId), KeyState: "Creating", Enabled: false, Description: "" },
      ReplicaPolicy: expect.stringContaining("key-default-1"),
    });
    const MultiRegionConfiguration = {
      PrimaryKey: { Arn: arnIn(HERE, KeyId), Region: HERE },
      ReplicaKeys: [{ Arn: arnIn(THERE, KeyId), Region: THERE }],
    };
    expect(await made.metadata(made.here)).toMatchObject({
      Description: "first",
      MultiRegionConfiguration: { ...MultiRegionConfiguration, MultiRegionKeyType: "PRIMARY" },
    });
    expect(await made.metadata(made.there)).toMatchObject({
      KeyState: "Enabled",
      MultiRegionConfiguration: { ...MultiRegionConfiguration, MultiRegionKeyType: "REPLICA" },
    });
  });
});

describe("refusals", () => {
  test("only a primary key is replicated, once to each region", async () => {
    await using made = await pair();
    const { KeyId } = made;
    const replicate = (kms: KMSClient, key: string, ReplicaRegion: string) =>
      kms.send(new ReplicateKeyCommand({ KeyId: key, ReplicaRegion }));
    await expect(replicate(made.there, KeyId, "us-west-2")).rejects.toMatchObject({
      name: "UnsupportedOperationException",
      message: `${arnIn(THERE, KeyId)} is not a multi-region primary key.`,
    });
    const single = await made.make();
    await expect(replicate(made.here, single, THERE)).rejects.toMatchObject({ name: "UnsupportedOperationException" });
    await expect(replicate(made.here, KeyId, THERE)).rejects.toMatchObject({ name: "AlreadyExistsException" });
    await expect(replicate(made.here, KeyId, HERE)).rejects.toMatchObject({ name: "AlreadyExistsException" });
  });

  test("a replica does not rotate by itself, and only a replica's region becomes the primary one", async () => {
    await using made = await pair();
    const { KeyId } = made;
    await expect(made.there.send(new EnableKeyRotationCommand({ KeyId }))).rejects.toMatchObject({
      name: "UnsupportedOperationException",
    });
    await expect(
      made.here.send(new UpdatePrimaryRegionCommand({ KeyId, PrimaryRegion: "us-west-2" })),
    ).rejects.toMatchObject({ name: "NotFoundException" });
  });
});

describe("behaviour", () => {
  const encrypt = async (kms: KMSClient, KeyId: string) =>
    (await kms.send(new EncryptCommand({ KeyId, Plaintext }))).CiphertextBlob;
  const decrypt = async (kms: KMSClient, CiphertextBlob: Uint8Array | undefined) =>
    Buffer.from((await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext ?? "").toString();

  test("what one encrypts the other decrypts, before and after a rotation", async () => {
    await using made = await pair();
    const { here, there, KeyId } = made;
    expect(await decrypt(there, await encrypt(here, KeyId))).toBe("hunter2");
    expect(await decrypt(here, await encrypt(there, KeyId))).toBe("hunter2");
    const before = await encrypt(there, KeyId);
    await here.send(new RotateKeyOnDemandCommand({ KeyId }));
    const material = (await made.metadata(here))?.CurrentKeyMaterialId;
    expect((await made.metadata(there))?.CurrentKeyMaterialId).toBe(material);
    expect(await decrypt(here, before)).toBe("hunter2");
  });

  test("a rotation that is due comes to both, whoever is looked at first", async () => {
    await using made = await pair();
    const { here, there, KeyId } = made;
    const before = (await made.metadata(here))?.CurrentKeyMaterialId;
    await here.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
    made.cloud.clock.advance(90 * DAY_MS);
    const rotated = (await made.metadata(there))?.CurrentKeyMaterialId;
    expect(rotated).not.toBe(before);
    expect((await made.metadata(here))?.CurrentKeyMaterialId).toBe(rotated);
  });

  test("a replica may become the primary key", async () => {
    await using made = await pair();
    const { here, there, KeyId } = made;
    await here.send(new UpdatePrimaryRegionCommand({ KeyId, PrimaryRegion: THERE }));
    const kind = async (kms: KMSClient) => (await made.metadata(kms))?.MultiRegionConfiguration?.MultiRegionKeyType;
    expect([await kind(here), await kind(there)]).toEqual(["REPLICA", "PRIMARY"]);
    await there.send(new EnableKeyRotationCommand({ KeyId }));
    await expect(here.send(new EnableKeyRotationCommand({ KeyId }))).rejects.toThrow("not a multi-region primary key");
  });

  test("a primary key outlives its replicas", async () => {
    await using made = await pair();
    const { here, there, KeyId } = made;
    const end = (kms: KMSClient) => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
    expect(await end(here)).toMatchObject({ KeyState: "PendingReplicaDeletion", PendingWindowInDays: 7 });
    await here.send(new CancelKeyDeletionCommand({ KeyId }));
    expect(await end(here)).not.toHaveProperty("DeletionDate");
    expect(await end(there)).toMatchObject({ KeyState: "PendingDeletion" });
    made.cloud.clock.advance(8 * DAY_MS);
    expect(await made.metadata(here)).toMatchObject({
      KeyState: "PendingDeletion",
      MultiRegionConfiguration: { ReplicaKeys: [] },
    });
    await expect(made.metadata(there)).rejects.toMatchObject({ name: "NotFoundException" });
    made.cloud.clock.advance(7 * DAY_MS);
    await expect(made.metadata(here)).rejects.toMatchObject({ name: "NotFoundException" });
  });
});
