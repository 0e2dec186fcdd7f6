import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
} from "@aws-sdk/client-kms";
import { expect, test } from "vitest";
import { testCloud } from "../../../test/harness.ts";
import type { JsonObject } from "../../kernel/json.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

test("a key of an earlier version opens what it closed then", async () => {
  await using cloud = await testCloud();
  const kms = cloud.client(KMSClient);
  const { KeyMetadata: { KeyId = "", CreationDate } = {} } = await kms.send(
    new CreateKeyCommand({ Description: "old" }),
  );
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from("kept") }));
  const keys = cloud.records.scope("kms/123456789012/us-east-1").collection<JsonObject>("keys");
  const { material, id, arn, description, enabled, policy, tags, createdAt } = keys.get(KeyId) ?? {};
  const { sealed: sealedMaterial = "" } = material as { sealed?: string };
  keys.put(KeyId, {
    id,
    arn,
    description,
    enabled,
    policy,
    tags,
    createdAt,
    rotationDays: 400,
    sealedMaterial,
  } as JsonObject);

  expect((await kms.send(new DecryptCommand({ CiphertextBlob }))).Plaintext).toEqual(
    Uint8Array.from(Buffer.from("kept")),
  );
  expect((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata).toMatchObject({
    Description: "old",
    KeySpec: "SYMMETRIC_DEFAULT",
    KeyState: "Enabled",
  });
  expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 400,
    NextRotationDate: new Date((CreationDate?.getTime() ?? 0) + 400 * DAY_MS),
  });
});
