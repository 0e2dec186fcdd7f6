import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  type PutObjectLegalHoldCommandInput,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  type PutObjectRetentionCommandInput,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { BUCKET, s3Fixture } from "../s3Fixture.ts";

const Bucket = "locked";
const Key = "deed";
const DAY_MS = 86_400_000;
const REFUSED = { name: "AccessDenied", message: "Access Denied because object protected by object lock." };

const setUp = async () => {
  const room = await s3Fixture();
  await room.s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  const later = (days: number) => new Date(room.cloud.clock.now() + days * DAY_MS);
  const put = async (more: object = {}) =>
    (await room.s3.send(new PutObjectCommand({ Bucket, Key, Body: "x", ...more }))).VersionId;
  const remove = (VersionId: string | undefined, more: object = {}) =>
    room.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId, ...more }));
  const retain = (Retention: PutObjectRetentionCommandInput["Retention"], more: object = {}) =>
    room.s3.send(new PutObjectRetentionCommand({ Bucket, Key, Retention, ...more }));
  return { ...room, later, put, remove, retain, [Symbol.asyncDispose]: () => room[Symbol.asyncDispose]() };
};

describe("object lock", () => {
  test("keeps a version until its day, while markers and newer versions come as ever", async () => {
    await using room = await setUp();
    const { s3, later } = room;
    const VersionId = await room.put({ ObjectLockMode: "COMPLIANCE", ObjectLockRetainUntilDate: later(1) });
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
      ObjectLockMode: "COMPLIANCE",
      ObjectLockRetainUntilDate: later(1),
    });
    expect(await s3.send(new DeleteObjectCommand({ Bucket, Key }))).toMatchObject({ DeleteMarker: true });
    await expect(room.remove(VersionId)).rejects.toMatchObject(REFUSED);
    await expect(room.remove(VersionId, { BypassGovernanceRetention: true })).rejects.toMatchObject(REFUSED);
    await expect(
      s3.send(
        new PutObjectRetentionCommand({ Bucket, Key, Retention: { Mode: "COMPLIANCE", RetainUntilDate: later(2) } }),
      ),
    ).rejects.toMatchObject({ name: "MethodNotAllowed" });
    await room.cloud.clock.advance(2 * DAY_MS);
    expect(await room.remove(VersionId)).toMatchObject({ VersionId });
  });

  test("in governance mode gives way to those who bypass it, and is lengthened by anyone", async () => {
    await using room = await setUp();
    const VersionId = await room.put();
    await room.retain({ Mode: "GOVERNANCE", RetainUntilDate: room.later(2) });
    await room.retain({ Mode: "GOVERNANCE", RetainUntilDate: room.later(3) });
    await expect(room.retain({ Mode: "GOVERNANCE", RetainUntilDate: room.later(1) })).rejects.toMatchObject(REFUSED);
    const { Errors } = await room.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key, VersionId }] } }),
    );
    expect(Errors).toMatchObject([{ Code: "AccessDenied", Key, VersionId }]);
    await room.retain({}, { BypassGovernanceRetention: true });
    await expect(room.s3.send(new GetObjectRetentionCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: "NoSuchObjectLockConfiguration",
    });
    await room.retain({ Mode: "GOVERNANCE", RetainUntilDate: room.later(1) });
    await room.remove(VersionId, { BypassGovernanceRetention: true });
  });

  test("holds a version as long as somebody says so", async () => {
    await using room = await setUp();
    const VersionId = await room.put({ ObjectLockLegalHoldStatus: "ON" });
    const hold = await room.s3.send(new GetObjectLegalHoldCommand({ Bucket, Key }));
    expect(hold.LegalHold).toEqual({ Status: "ON" });
    await expect(room.remove(VersionId, { BypassGovernanceRetention: true })).rejects.toMatchObject(REFUSED);
    await room.s3.send(new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status: "OFF" } }));
    await room.remove(VersionId);
  });

  test("locks new objects by the bucket's default", async () => {
    await using room = await setUp();
    const DefaultRetention = { Mode: "GOVERNANCE", Days: 7 } as const;
    const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled", Rule: { DefaultRetention } } as const;
    await room.s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
    const told = await room.s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    expect(told.ObjectLockConfiguration).toEqual(ObjectLockConfiguration);
    await room.put();
    const { Retention } = await room.s3.send(new GetObjectRetentionCommand({ Bucket, Key }));
    expect(Retention).toEqual({ Mode: "GOVERNANCE", RetainUntilDate: room.later(7) });
  });
});

describe("refusals", () => {
  test("of locks where nothing can be locked", async () => {
    await using room = await setUp();
    const lock = { Bucket: BUCKET, ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" as const } };
    await expect(room.s3.send(new PutObjectLockConfigurationCommand(lock))).rejects.toMatchObject({
      name: "InvalidBucketState",
    });
    await expect(room.put({ Bucket: BUCKET, ObjectLockLegalHoldStatus: "ON" })).rejects.toThrow(
      "Bucket is missing Object Lock Configuration",
    );
    await expect(room.remove(undefined, { Bucket: BUCKET, BypassGovernanceRetention: true })).rejects.toThrow(
      "only applicable to Object Lock enabled buckets",
    );
    const VersioningConfiguration = { Status: "Suspended" as const };
    await expect(
      room.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration })),
    ).rejects.toMatchObject({ name: "InvalidBucketState" });
  });

  test("of a mode that changes without a bypass, and of a default of no time", async () => {
    await using room = await setUp();
    await room.put({ ObjectLockMode: "GOVERNANCE", ObjectLockRetainUntilDate: room.later(1) });
    const stricter = { Mode: "COMPLIANCE", RetainUntilDate: room.later(1) } as const;
    await expect(room.retain(stricter)).rejects.toMatchObject(REFUSED);
    await room.retain(stricter, { BypassGovernanceRetention: true });
    const Rule = { DefaultRetention: { Mode: "GOVERNANCE", Days: 0 } } as const;
    const ObjectLockConfiguration = { ObjectLockEnabled: "Enabled", Rule } as const;
    await expect(
      room.s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration })),
    ).rejects.toThrow("Default retention period must be a positive integer value.");
  });

  test("of a legal hold that says nothing, in a bucket without locks too", async () => {
    await using room = await s3Fixture();
    await room.put(Key);
    const hold = (LegalHold: PutObjectLegalHoldCommandInput["LegalHold"]) =>
      room.s3.send(new PutObjectLegalHoldCommand({ Bucket: BUCKET, Key, LegalHold }));
    await expect(hold({})).rejects.toMatchObject({ name: "MalformedXML" });
    await expect(hold({ Status: "ON" })).rejects.toMatchObject({ name: "InvalidRequest" });
  });

  test("of half a lock, an unknown mode, and a day that is over", async () => {
    await using room = await setUp();
    await expect(room.put({ ObjectLockMode: "GOVERNANCE" })).rejects.toThrow("must both be supplied");
    await expect(room.put({ ObjectLockMode: "SOMEHOW", ObjectLockRetainUntilDate: room.later(1) })).rejects.toThrow(
      "Unknown wormMode directive.",
    );
    await room.put();
    await expect(
      room.retain({ Mode: "GOVERNANCE", RetainUntilDate: new Date("2020-01-01T00:00:00Z") }),
    ).rejects.toMatchObject({
      name: "InvalidArgument",
      ArgumentValue: "Tue Dec 31 16:00:00 PST 2019",
    });
  });
});
