import { notAReplica } from "../errors.ts";
import { findLiveSecret, findOwnSecret } from "../find.ts";
import type { SecretRecord } from "../records.ts";
import { arnIn, replicationView, withReplicas } from "../replicas.ts";
import type { Operation, Room } from "../room.ts";

export const replicateSecretToRegions =
  (room: Room): Operation<"ReplicateSecretToRegions"> =>
  async (_ctx, input) => {
    const secret = withReplicas(room, findOwnSecret(room, input.SecretId), input);
    room.secrets.put(secret);
    return { ARN: secret.arn, ...replicationView(secret) };
  };

export const removeRegionsFromReplication =
  (room: Room): Operation<"RemoveRegionsFromReplication"> =>
  async (_ctx, input) => {
    const secret = findOwnSecret(room, input.SecretId);
    for (const { region, status } of secret.replicas ?? []) {
      if (status === "InSync" && input.RemoveReplicaRegions.includes(region))
        room.secretsIn(region).remove(secret.name);
    }
    const kept = without(secret, input.RemoveReplicaRegions);
    room.secrets.put(kept);
    return { ARN: secret.arn, ReplicationStatus: [], ...replicationView(kept) };
  };

/** AWS: called where the replica is, which so becomes a secret of its own. */
export const stopReplicationToReplica =
  (room: Room): Operation<"StopReplicationToReplica"> =>
  async (_ctx, input) => {
    const { primaryRegion, ...secret } = findLiveSecret(room, input.SecretId);
    if (primaryRegion === undefined) throw notAReplica();
    room.secrets.put(secret);
    const there = room.secretsIn(primaryRegion);
    const primary = there.get(secret.name);
    if (primary?.arn === arnIn(secret.arn, primaryRegion)) there.put(without(primary, [room.region]));
    return { ARN: secret.arn };
  };

const without = ({ replicas = [], ...secret }: SecretRecord, regions: readonly string[]): SecretRecord => {
  const kept = replicas.filter(({ region }) => !regions.includes(region));
  return kept.length === 0 ? secret : { ...secret, replicas: kept };
};
