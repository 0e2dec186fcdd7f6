import * as model from "@aws-sdk/client-kms";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { createAlias, deleteAlias, listAliases, updateAlias } from "./operations/aliases.ts";
import { createKey } from "./operations/createKey.ts";
import { decrypt, encrypt, generateRandom, reEncrypt } from "./operations/cryptography.ts";
import * as dataKeys from "./operations/dataKeys.ts";
import * as grants from "./operations/grants.ts";
import { deleteImportedKeyMaterial, getParametersForImport, importKeyMaterial } from "./operations/imports.ts";
import { cancelKeyDeletion, scheduleKeyDeletion } from "./operations/keyDeletion.ts";
import { describeKey, disableKey, enableKey, listKeys, updateKeyDescription } from "./operations/keys.ts";
import { generateMac, verifyMac } from "./operations/macs.ts";
import { replicateKey, updatePrimaryRegion } from "./operations/multiRegion.ts";
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from "./operations/policies.ts";
import { deriveSharedSecret, getPublicKey } from "./operations/publicKeys.ts";
import * as rotation from "./operations/rotation.ts";
import { sign, verify } from "./operations/signing.ts";
import { listResourceTags, tagResource, untagResource } from "./operations/tags.ts";
import { aliasType } from "./resources/alias.ts";
import { keyType } from "./resources/key.ts";
import { replicaKeyType } from "./resources/replicaKey.ts";
import { openRoom, type Room } from "./room.ts";

/** AWS KMS. */
export default defineService<Room, "kms">({
  name: "kms",
  model,
  scope: "region",
  constraints,
  open: openRoom,
  operations: {
    CancelKeyDeletion: cancelKeyDeletion,
    CreateAlias: createAlias,
    CreateGrant: grants.createGrant,
    CreateKey: createKey,
    Decrypt: decrypt,
    DeleteAlias: deleteAlias,
    DeleteImportedKeyMaterial: deleteImportedKeyMaterial,
    DeriveSharedSecret: deriveSharedSecret,
    DescribeKey: describeKey,
    DisableKey: disableKey,
    DisableKeyRotation: rotation.disableKeyRotation,
    EnableKey: enableKey,
    EnableKeyRotation: rotation.enableKeyRotation,
    Encrypt: encrypt,
    GenerateDataKey: dataKeys.generateDataKey,
    GenerateDataKeyPair: dataKeys.generateDataKeyPair,
    GenerateDataKeyPairWithoutPlaintext: dataKeys.generateDataKeyPairWithoutPlaintext,
    GenerateDataKeyWithoutPlaintext: dataKeys.generateDataKeyWithoutPlaintext,
    GenerateMac: generateMac,
    GenerateRandom: generateRandom,
    GetKeyPolicy: getKeyPolicy,
    GetKeyRotationStatus: rotation.getKeyRotationStatus,
    GetParametersForImport: getParametersForImport,
    GetPublicKey: getPublicKey,
    ImportKeyMaterial: importKeyMaterial,
    ListAliases: listAliases,
    ListGrants: grants.listGrants,
    ListKeyPolicies: listKeyPolicies,
    ListKeyRotations: rotation.listKeyRotations,
    ListKeys: listKeys,
    ListResourceTags: listResourceTags,
    ListRetirableGrants: grants.listRetirableGrants,
    PutKeyPolicy: putKeyPolicy,
    ReEncrypt: reEncrypt,
    ReplicateKey: replicateKey,
    RetireGrant: grants.retireGrant,
    RevokeGrant: grants.revokeGrant,
    RotateKeyOnDemand: rotation.rotateKeyOnDemand,
    ScheduleKeyDeletion: scheduleKeyDeletion,
    Sign: sign,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateAlias: updateAlias,
    UpdateKeyDescription: updateKeyDescription,
    UpdatePrimaryRegion: updatePrimaryRegion,
    Verify: verify,
    VerifyMac: verifyMac,
  },
  iam,
  resources: [keyType, aliasType, replicaKeyType],
});
