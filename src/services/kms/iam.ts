import type { GrantOperation } from "@aws-sdk/client-kms";
import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { IamTable } from "../../kernel/service.ts";
import { type EncryptionContext, keyIdIn } from "./envelope.ts";
import { findKey, keyAt, kmsArn } from "./find.ts";
import { type GrantedCall, grantOfToken, grantStatements } from "./grants.ts";
import type { KeyRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
const request = (
  room: Room,
  ctx: Context,
  text: string,
  call: GrantedCall,
  conditions: AuthorizationRequest["conditions"] = {},
): AuthorizationRequest => {
  const key = keyOrNone(room, text);
  const context = Object.entries(call.context ?? {});
  return {
    action: `kms:${call.action}`,
    resource: key?.arn ?? (text.startsWith("arn:") ? text : kmsArn(room, `key/${text}`)),
    conditions: {
      ...conditions,
      ...Object.fromEntries(context.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
      ...(context.length > 0 ? { "kms:EncryptionContextKeys": context.map(([name]) => name) } : {}),
      ...(text.includes("alias/") ? { "kms:RequestAlias": text.slice(text.indexOf("alias/")) } : {}),
      ...(key ? keyConditions(room, ctx, key) : {}),
    },
    resourcePolicy: key && policyOf(room, key, call),
  };
};

const keyConditions = (room: Room, ctx: Context, key: KeyRecord) => ({
  ...Object.fromEntries(key.tags.map((tag) => [`aws:ResourceTag/${tag.key}`, tag.value])),
  "kms:ResourceAliases": aliasesOf(room, key),
  "kms:CallerAccount": ctx.account,
  "kms:KeySpec": key.spec,
  "kms:KeyUsage": key.usage,
  "kms:KeyOrigin": key.origin,
  "kms:MultiRegion": String(key.multiRegion),
  ...viaService(ctx),
});

const aliasesOf = ({ aliases }: Room, { id }: KeyRecord): string[] =>
  [...aliases.range()].flatMap(({ value }) => (value.keyId === id ? [value.name] : []));

/** `s3.amazonaws.com` on the way is `s3.us-east-1.amazonaws.com` to a key's policy. */
const viaService = ({ calledVia, region }: Context) =>
  calledVia === undefined ? {} : { "kms:ViaService": calledVia.replace(".", `.${region}.`) };

/** What a key itself says: its policy, its grants, and of AWS's own that nobody changes them or uses them directly. */
const policyOf = (room: Room, key: KeyRecord, call: GrantedCall): JsonObject => {
  const policy: JsonObject = JSON.parse(key.policy);
  const granted = grantStatements(room, key, call);
  const kept = key.manager === "AWS" ? [ONLY_BY_SERVICES] : [];
  if (granted.length + kept.length === 0) return policy;
  return { ...policy, Statement: [policy["Statement"] ?? [], ...granted, ...kept].flat() };
};

const ONLY_BY_SERVICES: JsonObject = {
  Effect: "Deny",
  Principal: "*",
  NotAction: ["kms:Describe*", "kms:Get*", "kms:List*"],
  Resource: "*",
  Condition: { Null: { "kms:ViaService": "true" } },
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
  readonly EncryptionAlgorithm?: string | undefined;
  readonly SigningAlgorithm?: string | undefined;
  readonly MessageType?: string | undefined;
  readonly MacAlgorithm?: string | undefined;
}

const onKey = (action: string) => (room: Room, ctx: Context, input: OnKey) =>
  request(room, ctx, input.KeyId, { action, context: input.EncryptionContext }, algorithmConditions(input));

const algorithmConditions = (input: Omit<OnKey, "KeyId">) => ({
  ...(input.EncryptionAlgorithm === undefined ? {} : { "kms:EncryptionAlgorithm": input.EncryptionAlgorithm }),
  ...(input.SigningAlgorithm === undefined ? {} : { "kms:SigningAlgorithm": input.SigningAlgorithm }),
  ...(input.MessageType === undefined ? {} : { "kms:MessageType": input.MessageType }),
  ...(input.MacAlgorithm === undefined ? {} : { "kms:MacAlgorithm": input.MacAlgorithm }),
});

/** AWS: aliases are changed by who may change both the alias and the key. */
const onAlias =
  (action: string) =>
  (room: Room, ctx: Context, input: { readonly AliasName: string; readonly TargetKeyId?: string }) => [
    { action: `kms:${action}`, resource: kmsArn(room, input.AliasName) },
    request(room, ctx, input.TargetKeyId ?? input.AliasName, { action }),
  ];

const ofBlob = (blob: Uint8Array | undefined): string => {
  try {
    return blob ? keyIdIn(blob) : "*";
  } catch {
    // What is no ciphertext is refused by the operation.
    return "*";
  }
};

interface GrantInput {
  readonly GranteePrincipal?: string | undefined;
  readonly RetiringPrincipal?: string | undefined;
  readonly Operations: readonly GrantOperation[];
}

const grantConditions = ({ GranteePrincipal, RetiringPrincipal, Operations }: GrantInput) => ({
  ...(GranteePrincipal === undefined ? {} : { "kms:GranteePrincipal": GranteePrincipal }),
  ...(RetiringPrincipal === undefined ? {} : { "kms:RetiringPrincipal": RetiringPrincipal }),
  "kms:GrantOperations": [...Operations],
  "kms:GrantIsForAWSResource": "false",
});

/** The key whose grant is to be retired; the operation refuses a token that is none. */
const keyOfRetired = (room: Room, token: string | undefined, keyId: string | undefined): string => {
  if (token === undefined) return keyId ?? "*";
  try {
    return keyAt(room, grantOfToken(room, token).keyId)?.arn ?? "*";
  } catch {
    return "*";
  }
};

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `kms:${action}`, resource: "*" });

export const iam: IamTable<Room, "kms"> = {
  CancelKeyDeletion: onKey("CancelKeyDeletion"),
  CreateAlias: onAlias("CreateAlias"),
  CreateGrant: (room, ctx, input) =>
    request(room, ctx, input.KeyId, { action: "CreateGrant", passedOn: input.Operations }, grantConditions(input)),
  CreateKey: onAll("CreateKey"),
  // AWS: the key there is made as CreateKey would make it.
  ReplicateKey: (room, ctx, input) => [
    request(room, ctx, input.KeyId, { action: "ReplicateKey" }, { "kms:ReplicaRegion": input.ReplicaRegion }),
    onAll("CreateKey")(),
  ],
  UpdatePrimaryRegion: (room, ctx, input) =>
    request(room, ctx, input.KeyId, { action: "UpdatePrimaryRegion" }, { "kms:PrimaryRegion": input.PrimaryRegion }),
  Decrypt: (room, ctx, input) => {
    const call = { action: "Decrypt", context: input.EncryptionContext };
    return request(room, ctx, input.KeyId ?? ofBlob(input.CiphertextBlob), call, algorithmConditions(input));
  },
  DeleteAlias: onAlias("DeleteAlias"),
  DeleteImportedKeyMaterial: onKey("DeleteImportedKeyMaterial"),
  DeriveSharedSecret: onKey("DeriveSharedSecret"),
  DescribeKey: onKey("DescribeKey"),
  DisableKey: onKey("DisableKey"),
  DisableKeyRotation: onKey("DisableKeyRotation"),
  EnableKey: onKey("EnableKey"),
  EnableKeyRotation: onKey("EnableKeyRotation"),
  Encrypt: onKey("Encrypt"),
  GenerateDataKey: onKey("GenerateDataKey"),
  GenerateDataKeyPair: onKey("GenerateDataKeyPair"),
  GenerateDataKeyPairWithoutPlaintext: onKey("GenerateDataKeyPairWithoutPlaintext"),
  GenerateDataKeyWithoutPlaintext: onKey("GenerateDataKeyWithoutPlaintext"),
  GenerateMac: onKey("GenerateMac"),
  GenerateRandom: onAll("GenerateRandom"),
  GetKeyPolicy: onKey("GetKeyPolicy"),
  GetKeyRotationStatus: onKey("GetKeyRotationStatus"),
  GetParametersForImport: onKey("GetParametersForImport"),
  GetPublicKey: onKey("GetPublicKey"),
  ImportKeyMaterial: onKey("ImportKeyMaterial"),
  ListAliases: onAll("ListAliases"),
  ListGrants: onKey("ListGrants"),
  ListKeyPolicies: onKey("ListKeyPolicies"),
  ListKeyRotations: onKey("ListKeyRotations"),
  ListKeys: onAll("ListKeys"),
  ListResourceTags: onKey("ListResourceTags"),
  ListRetirableGrants: onAll("ListRetirableGrants"),
  PutKeyPolicy: onKey("PutKeyPolicy"),
  ReEncrypt: (room, ctx, input) => {
    const from = { action: "ReEncryptFrom", context: input.SourceEncryptionContext };
    const to = { action: "ReEncryptTo", context: input.DestinationEncryptionContext };
    return [
      request(room, ctx, input.SourceKeyId ?? ofBlob(input.CiphertextBlob), from),
      request(room, ctx, input.DestinationKeyId, to),
    ];
  },
  RetireGrant: (room, ctx, input) =>
    request(room, ctx, keyOfRetired(room, input.GrantToken, input.KeyId), { action: "RetireGrant" }),
  RevokeGrant: onKey("RevokeGrant"),
  RotateKeyOnDemand: onKey("RotateKeyOnDemand"),
  ScheduleKeyDeletion: onKey("ScheduleKeyDeletion"),
  Sign: onKey("Sign"),
  TagResource: onKey("TagResource"),
  UntagResource: onKey("UntagResource"),
  UpdateAlias: onAlias("UpdateAlias"),
  UpdateKeyDescription: onKey("UpdateKeyDescription"),
  Verify: onKey("Verify"),
  VerifyMac: onKey("VerifyMac"),
};
