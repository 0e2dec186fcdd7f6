import type { GrantOperation, KeySpec, KeyUsageType } from "@aws-sdk/client-kms";

export interface KeyRecord {
  readonly id: string;
  readonly arn: string;
  readonly spec: KeySpec;
  readonly usage: KeyUsageType;
  readonly origin: "AWS_KMS" | "EXTERNAL";
  /** `AWS` for the keys that services have of their own, such as `alias/aws/s3`. */
  readonly manager: "CUSTOMER" | "AWS";
  readonly multiRegion: boolean;
  /** The regions of a multi-Region key and its replicas; absent while it has none. */
  readonly family?: FamilyRecord;
  readonly description: string;
  readonly enabled: boolean;
  readonly policy: string;
  readonly tags: readonly TagRecord[];
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  /** When it is gone for good. */
  readonly deletionAt?: number;
  /** Of a primary key that is to be deleted: how many days after the last of its replicas. */
  readonly outlivesReplicasDays?: number;
  /** How often it changes its material by itself, and when it does so next. */
  readonly rotation?: { readonly days: number; readonly nextAt: number };
  readonly rotations: readonly RotationRecord[];
  /** What it works with; absent until it is imported. */
  readonly material?: MaterialRecord;
  /** What it worked with before, the latest first: for decryption alone. */
  readonly formerMaterials: readonly MaterialRecord[];
  /** What its imported material was before that was deleted or ran out: only the same is taken again. */
  readonly lostMaterial?: { readonly id: string; readonly sha256: string };
  /** Imported, and taken up by the next rotation. */
  readonly pendingMaterial?: MaterialRecord;
}

/** A key's secret: bytes, or a private key as PKCS #8. */
export interface MaterialRecord {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** Sealed under the state's key. */
  readonly sealed: string;
  /** For whom it is one half of a pair: the other, as base64 of its SubjectPublicKeyInfo. */
  readonly publicKey?: string;
  readonly description?: string;
  /** When imported material is to be forgotten. */
  readonly expiresAt?: number;
}

export interface RotationRecord {
  readonly at: number;
  readonly type: "AUTOMATIC" | "ON_DEMAND";
  readonly materialId: string;
}

export interface FamilyRecord {
  readonly primary: string;
  readonly replicas: readonly string[];
}

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

/** Another name of a key. */
export interface AliasRecord {
  readonly name: string;
  readonly arn: string;
  readonly keyId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a key lets somebody do beside its policy. */
export interface GrantRecord {
  readonly id: string;
  readonly token: string;
  readonly keyId: string;
  readonly name?: string;
  readonly grantee: string;
  readonly retiring?: string;
  readonly operations: readonly GrantOperation[];
  readonly contextSubset?: Readonly<Record<string, string>>;
  readonly contextEquals?: Readonly<Record<string, string>>;
  readonly createdAt: number;
}

/** The pair of keys under which one import of material travels. */
export interface ImportRecord {
  readonly keyId: string;
  readonly algorithm: string;
  readonly sealedPrivateKey: string;
  readonly validUntil: number;
}
