import type { Collection, Records } from "../../store/records.ts";

/** A parameter; its values are its versions'. */
export interface ParameterRecord {
  readonly name: string;
  readonly arn: string;
  readonly tags: readonly TagRecord[];
  readonly latest: number;
}

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

/** One version of a parameter. */
export interface VersionRecord {
  readonly name: string;
  readonly version: number;
  readonly type: ParameterType;
  /** Sealed where the type is SecureString. */
  readonly value: string;
  readonly description?: string;
  readonly keyId?: string;
  readonly allowedPattern?: string;
  readonly tier: "Standard" | "Advanced";
  readonly dataType: string;
  readonly policies?: string;
  readonly labels: readonly string[];
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  readonly modifiedBy: string;
}

export type ParameterType = "String" | "StringList" | "SecureString";

/** The parameters of one account and region. */
export interface Collections {
  readonly parameters: Collection<ParameterRecord>;
  /** By name and number. */
  readonly versions: Collection<VersionRecord>;
}

export const openCollections = (records: Records): Collections => ({
  parameters: records.collection("parameters"),
  versions: records.collection("versions"),
});
