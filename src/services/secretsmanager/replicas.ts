import { invalidParameter } from "./errors.ts";
import type { ReplicaRecord, SecretRecord, Secrets } from "./records.ts";

// https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html

/** An account's secrets in a region. */
type SecretsIn = (region: string) => Secrets;

/** Secrets whose replicas change whenever they do. */
export const followedByReplicas = (own: Secrets, secretsIn: SecretsIn): Secrets => ({
  ...own,
  put: (secret) => {
    own.put(secret);
    for (const replica of secret.replicas ?? []) {
      if (replica.status !== "InSync") continue;
      const there = secretsIn(replica.region);
      there.put(replicaOf(secret, replica, there.get(secret.name)));
    }
  },
});

/** AWS: a replica has a key and a time of its last read of its own; it is rotated where the secret is that it follows. */
const replicaOf = (
  { replicas: _replicas, rotation: _rotation, kmsKeyId: _key, accessedAt: _read, ...shared }: SecretRecord,
  { region, kmsKeyId }: ReplicaRecord,
  before: SecretRecord | undefined,
): SecretRecord => ({
  ...shared,
  arn: arnIn(shared.arn, region),
  primaryRegion: regionOf(shared.arn),
  ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
  ...(before?.accessedAt === undefined ? {} : { accessedAt: before.accessedAt }),
});

export const arnIn = (arn: string, region: string): string => arn.replace(`:${regionOf(arn)}:`, `:${region}:`);

const regionOf = (arn: string): string => arn.split(":")[3] ?? "";

/** The region that a secret in several of them is changed in. */
export const primaryRegionOf = ({ arn, replicas, primaryRegion }: SecretRecord): string | undefined =>
  primaryRegion ?? (replicas === undefined ? undefined : regionOf(arn));

export interface ReplicateInput {
  readonly AddReplicaRegions?:
    | readonly { readonly Region?: string | undefined; readonly KmsKeyId?: string | undefined }[]
    | undefined;
  readonly ForceOverwriteReplicaSecret?: boolean | undefined;
}

/** A secret with further replicas. AWS: a name that is taken in a region fails there alone, unless it may be overwritten. */
export const withReplicas = (
  { secretsIn, region: own }: { readonly secretsIn: SecretsIn; readonly region: string },
  secret: SecretRecord,
  { AddReplicaRegions = [], ForceOverwriteReplicaSecret: force = false }: ReplicateInput,
): SecretRecord => {
  if (AddReplicaRegions.length === 0) return secret;
  const added = AddReplicaRegions.map(({ Region: region = "", KmsKeyId: kmsKeyId }): ReplicaRecord => {
    if (region === own) throw invalidParameter("Invalid replica region.");
    const existing = secretsIn(region).get(secret.name);
    const isTaken = existing !== undefined && existing.arn !== arnIn(secret.arn, region) && !force;
    const key = kmsKeyId === undefined ? {} : { kmsKeyId };
    if (!isTaken) return { region, ...key, status: "InSync", message: "Replication succeeded" };
    const message = `Replication failed: Secret name ${secret.name} already exists in region ${region}.`;
    return { region, ...key, status: "Failed", message };
  });
  const kept = (secret.replicas ?? []).filter(({ region }) => !added.some((each) => each.region === region));
  return { ...secret, replicas: [...kept, ...added] };
};

/** How it stands with a secret's replicas. */
export const replicationView = ({ replicas }: SecretRecord) =>
  replicas === undefined
    ? {}
    : {
        ReplicationStatus: replicas.map(({ region, kmsKeyId, status, message }) => ({
          Region: region,
          KmsKeyId: kmsKeyId ?? DEFAULT_KEY,
          Status: status,
          StatusMessage: message,
        })),
      };

const DEFAULT_KEY = "alias/aws/secretsmanager";
