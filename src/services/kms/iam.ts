import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { type EncryptionContext, keyIdIn } from "./envelope.ts";
import { findKey, kmsArn } from "./find.ts";
import type { KeyRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
const request = (room: Room, action: string, text: string, context?: EncryptionContext): AuthorizationRequest => {
  const key = keyOrNone(room, text);
  return {
    action: `kms:${action}`,
    resource: key?.arn ?? (text.startsWith("arn:") ? text : kmsArn(room, `key/${text}`)),
    conditions: {
      ...Object.fromEntries((key?.tags ?? []).map((tag) => [`aws:ResourceTag/${tag.key}`, tag.value])),
      ...Object.fromEntries(
        Object.entries(context ?? {}).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]),
      ),
      ...(text.includes("alias/") ? { "kms:RequestAlias": text.slice(text.indexOf("alias/")) } : {}),
      ...(key ? { "kms:CallerAccount": room.account, "kms:KeySpec": "SYMMETRIC_DEFAULT" } : {}),
    },
    resourcePolicy: key && JSON.parse(key.policy),
  };
};

const keyOrNone = (room: Room, text: string): KeyRecord | undefined => {
  try {
    return findKey(room, text);
  } catch {
    // The operation itself says what is not found, once the caller may know.
    return undefined;
  }
};

interface OnKey {
  readonly KeyId: string;
  readonly EncryptionContext?: EncryptionContext;
}

const onKey = (action: string) => (room: Room, _ctx: Context, input: OnKey) =>
  request(room, action, input.KeyId, input.EncryptionContext);

/** AWS: aliases are changed by who may change both the alias and the key. */
const onAlias =
  (action: string) =>
  (room: Room, _ctx: Context, input: { readonly AliasName: string; readonly TargetKeyId?: string }) => [
    { action: `kms:${action}`, resource: kmsArn(room, input.AliasName) },
    request(room, action, input.TargetKeyId ?? input.AliasName),
  ];

const ofBlob = (blob: Uint8Array | undefined): string => {
  try {
    return blob ? keyIdIn(blob) : "*";
  } catch {
    // What is no ciphertext is refused by the operation.
    return "*";
  }
};

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `kms:${action}`, resource: "*" });

export const iam: IamTable<Room, "kms"> = {
  CancelKeyDeletion: onKey("CancelKeyDeletion"),
  CreateAlias: onAlias("CreateAlias"),
  CreateKey: onAll("CreateKey"),
  Decrypt: (room, _ctx, input) =>
    request(room, "Decrypt", input.KeyId ?? ofBlob(input.CiphertextBlob), input.EncryptionContext),
  DeleteAlias: onAlias("DeleteAlias"),
  DescribeKey: onKey("DescribeKey"),
  DisableKey: onKey("DisableKey"),
  DisableKeyRotation: onKey("DisableKeyRotation"),
  EnableKey: onKey("EnableKey"),
  EnableKeyRotation: onKey("EnableKeyRotation"),
  Encrypt: onKey("Encrypt"),
  GenerateDataKey: onKey("GenerateDataKey"),
  GenerateDataKeyWithoutPlaintext: onKey("GenerateDataKeyWithoutPlaintext"),
  GenerateRandom: onAll("GenerateRandom"),
  GetKeyPolicy: onKey("GetKeyPolicy"),
  GetKeyRotationStatus: onKey("GetKeyRotationStatus"),
  ListAliases: onAll("ListAliases"),
  ListKeyPolicies: onKey("ListKeyPolicies"),
  ListKeys: onAll("ListKeys"),
  ListResourceTags: onKey("ListResourceTags"),
  PutKeyPolicy: onKey("PutKeyPolicy"),
  ReEncrypt: (room, _ctx, input) => [
    request(room, "ReEncryptFrom", input.SourceKeyId ?? ofBlob(input.CiphertextBlob), input.SourceEncryptionContext),
    request(room, "ReEncryptTo", input.DestinationKeyId, input.DestinationEncryptionContext),
  ],
  ScheduleKeyDeletion: onKey("ScheduleKeyDeletion"),
  TagResource: onKey("TagResource"),
  UntagResource: onKey("UntagResource"),
  UpdateAlias: onAlias("UpdateAlias"),
  UpdateKeyDescription: onKey("UpdateKeyDescription"),
};
