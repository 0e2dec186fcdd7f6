import type { Collection, Records } from "../../store/records.ts";

/** A symmetric key. */
export interface KeyRecord {
  readonly id: string;
  readonly arn: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly policy: string;
  readonly tags: readonly TagRecord[];
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  /** When it is gone for good. */
  readonly deletionAt?: number;
  readonly rotationDays?: number;
  /** The key itself, sealed under the state's key. */
  readonly sealedMaterial: string;
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

/** The state of KMS in one account and region. */
export interface Collections {
  readonly keys: Collection<KeyRecord>;
  readonly aliases: Collection<AliasRecord>;
}

export const openCollections = (records: Records): Collections => ({
  keys: records.collection("keys"),
  aliases: records.collection("aliases"),
});
