import type { Collection, Records } from "../../store/records.ts";
import { keyCodec } from "./keyCodec.ts";
import type { AliasRecord, GrantRecord, ImportRecord, KeyRecord } from "./records.ts";

/** The state of KMS in one account and region. */
export interface Collections {
  readonly keys: Collection<KeyRecord>;
  readonly aliases: Collection<AliasRecord>;
  /** By key and grant id. */
  readonly grants: Collection<GrantRecord>;
  /** By key and token, the latter's SHA-256. */
  readonly imports: Collection<ImportRecord>;
}

/** The keys of one account and region alone. */
export const openKeys = (records: Records): Collections["keys"] => records.collection("keys", keyCodec);

export const openCollections = (records: Records): Collections => ({
  keys: openKeys(records),
  aliases: records.collection("aliases"),
  grants: records.collection("grants"),
  imports: records.collection("imports"),
});
