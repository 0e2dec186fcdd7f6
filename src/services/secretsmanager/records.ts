import type { Tag } from "@aws-sdk/client-secrets-manager";
import { DAY_MS } from "../../kernel/clock.ts";
import type { Records } from "../../store/records.ts";

/** A secret with all of its versions. Values are sealed. */
export interface SecretRecord {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly type?: string;
  readonly tags?: readonly TagRecord[];
  /** Milliseconds since the epoch, as all times here. */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly accessedAt?: number;
  readonly deletedAt?: number;
  /** When a deleted secret is gone for good. */
  readonly purgeAt?: number;
  readonly versions: readonly VersionRecord[];
  /** Absent while nobody has asked for any. */
  readonly rotation?: RotationRecord;
  /** Where it is replicated to. */
  readonly replicas?: readonly ReplicaRecord[];
  /** Of a replica: the region of the secret that it follows. */
  readonly primaryRegion?: string;
}

/** A region that a secret is to be in too. */
export interface ReplicaRecord {
  readonly region: string;
  readonly kmsKeyId?: string;
  readonly status: "InSync" | "Failed";
  readonly message: string;
}

/** How a secret's value is replaced from time to time. */
export interface RotationRecord {
  readonly isOn: boolean;
  readonly lambdaArn: string;
  readonly rules: RotationRules | undefined;
  readonly lastAt?: number;
  /** When the window of the next rotation opens. */
  readonly nextAt?: number;
}

/** One of days and expression, and how long a window is open. */
export interface RotationRules {
  readonly everyDays: number | undefined;
  readonly schedule: string | undefined;
  readonly durationHours: number | undefined;
}

/** One version of a secret's value. */
export interface VersionRecord {
  readonly versionId: string;
  readonly createdAt: number;
  readonly accessedAt?: number;
  readonly stages: readonly string[];
  /** True until a rotation's function has given it a value. */
  readonly isEmpty?: true;
  /** The value under the state's key. */
  readonly sealed: string;
  readonly kind: "string" | "binary";
  /** A digest of the plain value, by which a repeated request is known without opening it. */
  readonly digest: string;
}

export interface TagRecord {
  readonly key: string;
  readonly value: string;
}

export const tagRecord = ({ Key = "", Value = "" }: Tag): TagRecord => ({ key: Key, value: Value });

/** The stage of the version that callers get who name none. */
export const CURRENT = "AWSCURRENT";
/** The stage of a version that a rotation has made and not finished. */
export const PENDING = "AWSPENDING";
export const PREVIOUS = "AWSPREVIOUS";

/** The secrets of one account and region, by name. */
export interface Secrets {
  get(name: string): SecretRecord | undefined;
  put(secret: SecretRecord): void;
  remove(name: string): void;
  /** In order of name, from the one after `after`. */
  list(after?: string): Iterable<SecretRecord>;
}

export const openSecrets = (records: Records): Secrets => {
  const byName = records.collection<SecretRecord>("secrets");
  return {
    get: (name) => byName.get(name),
    put: (secret) => byName.put(secret.name, secret),
    remove: (name) => byName.delete(name),
    *list(after) {
      for (const { value } of byName.range(after === undefined ? {} : { gt: after })) yield value;
    },
  };
};

/** The version a stage names. */
export const versionAt = (secret: SecretRecord, stage: string): VersionRecord | undefined =>
  secret.versions.find((version) => version.stages.includes(stage));

/** A secret whose window for recovery starts now. */
export const deleted = (secret: SecretRecord, now: number, recoveryDays: number): SecretRecord => ({
  ...secret,
  deletedAt: now,
  purgeAt: now + recoveryDays * DAY_MS,
});

/** A secret taken back from deletion. */
export const restored = ({ deletedAt: _deletedAt, purgeAt: _purgeAt, ...secret }: SecretRecord): SecretRecord => secret;
