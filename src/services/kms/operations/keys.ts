import { DAY_MS } from "../../../kernel/clock.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { malformedPolicy, notPendingDeletion, validation } from "../errors.ts";
import { findChangeableKey, findKey, keysOf, kmsArn } from "../find.ts";
import {
  DEFAULT_DELETION_DAYS,
  DEFAULT_PAGE_SIZE,
  DEFAULT_ROTATION_DAYS,
  KEY_BYTES,
  MAX_DELETION_DAYS,
  MIN_DELETION_DAYS,
} from "../limits.ts";
import { page } from "../paging.ts";
import type { KeyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { keyView, stateOf } from "../views.ts";

export const createKey =
  (room: Room): Operation<"CreateKey"> =>
  async (_ctx, input) => {
    const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? "SYMMETRIC_DEFAULT";
    if (spec !== "SYMMETRIC_DEFAULT") throw new NotImplemented(`kms keys of the spec ${spec}`);
    if ((input.KeyUsage ?? "ENCRYPT_DECRYPT") !== "ENCRYPT_DECRYPT") {
      throw validation(`KeyUsage ${input.KeyUsage} is not compatible with KeySpec ${spec}`);
    }
    if (input.MultiRegion) throw new NotImplemented("kms multi-Region keys");
    if ((input.Origin ?? "AWS_KMS") !== "AWS_KMS") throw new NotImplemented(`kms keys of the origin ${input.Origin}`);
    const id = room.ids.uuid();
    const key: KeyRecord = {
      id,
      arn: kmsArn(room, `key/${id}`),
      description: input.Description ?? "",
      enabled: true,
      policy: input.Policy === undefined ? defaultPolicy(room) : checkedPolicy(input.Policy),
      tags: (input.Tags ?? []).map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue })),
      createdAt: room.clock.now(),
      sealedMaterial: room.cipher.seal(room.ids.bytes(KEY_BYTES)),
    };
    room.keys.put(id, key);
    return { KeyMetadata: keyView(room, key) };
  };

/** AWS: the account decides by its own policies, until the key's policy says otherwise. */
const defaultPolicy = ({ partition, account }: Room): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Id: "key-default-1",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });

export const checkedPolicy = (policy: string): string => {
  try {
    const document: unknown = JSON.parse(policy);
    if (typeof document === "object" && document !== null && "Statement" in document) return policy;
  } catch {
    // Not JSON: refused below.
  }
  throw malformedPolicy();
};

export const describeKey =
  (room: Room): Operation<"DescribeKey"> =>
  async (_ctx, input) => ({ KeyMetadata: keyView(room, findKey(room, input.KeyId)) });

export const listKeys =
  (room: Room): Operation<"ListKeys"> =>
  async (_ctx, input) => {
    const { items, ...next } = page(keysOf(room), input.Marker, input.Limit ?? DEFAULT_PAGE_SIZE);
    return { Keys: items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...next };
  };

const change = (room: Room, id: string, changes: Partial<KeyRecord>): void => {
  const key = findChangeableKey(room, id);
  room.keys.put(key.id, { ...key, ...changes });
};

export const enableKey =
  (room: Room): Operation<"EnableKey"> =>
  async (_ctx, input) => {
    change(room, input.KeyId, { enabled: true });
    return {};
  };

export const disableKey =
  (room: Room): Operation<"DisableKey"> =>
  async (_ctx, input) => {
    change(room, input.KeyId, { enabled: false });
    return {};
  };

export const updateKeyDescription =
  (room: Room): Operation<"UpdateKeyDescription"> =>
  async (_ctx, input) => {
    change(room, input.KeyId, { description: input.Description });
    return {};
  };

export const scheduleKeyDeletion =
  (room: Room): Operation<"ScheduleKeyDeletion"> =>
  async (_ctx, input) => {
    const key = findChangeableKey(room, input.KeyId);
    const days = input.PendingWindowInDays ?? DEFAULT_DELETION_DAYS;
    if (days < MIN_DELETION_DAYS || days > MAX_DELETION_DAYS) {
      throw validation(`PendingWindowInDays must be between ${MIN_DELETION_DAYS} and ${MAX_DELETION_DAYS}`);
    }
    const pending = { ...key, enabled: false, deletionAt: room.clock.now() + days * DAY_MS };
    room.keys.put(key.id, pending);
    return {
      KeyId: key.arn,
      DeletionDate: new Date(pending.deletionAt),
      KeyState: stateOf(pending),
      PendingWindowInDays: days,
    };
  };

/** AWS: a key that is taken back is disabled. */
export const cancelKeyDeletion =
  (room: Room): Operation<"CancelKeyDeletion"> =>
  async (_ctx, input) => {
    const { deletionAt, ...key } = findKey(room, input.KeyId);
    if (deletionAt === undefined) throw notPendingDeletion(key.arn);
    room.keys.put(key.id, { ...key, enabled: false });
    return { KeyId: key.arn };
  };

export const enableKeyRotation =
  (room: Room): Operation<"EnableKeyRotation"> =>
  async (_ctx, input) => {
    change(room, input.KeyId, { rotationDays: input.RotationPeriodInDays ?? DEFAULT_ROTATION_DAYS });
    return {};
  };

export const disableKeyRotation =
  (room: Room): Operation<"DisableKeyRotation"> =>
  async (_ctx, input) => {
    const { rotationDays: _days, ...key } = findChangeableKey(room, input.KeyId);
    room.keys.put(key.id, key);
    return {};
  };

export const getKeyRotationStatus =
  (room: Room): Operation<"GetKeyRotationStatus"> =>
  async (_ctx, input) => {
    const { arn, rotationDays } = findKey(room, input.KeyId);
    return {
      KeyId: arn,
      KeyRotationEnabled: rotationDays !== undefined,
      ...(rotationDays === undefined ? {} : { RotationPeriodInDays: rotationDays }),
    };
  };
