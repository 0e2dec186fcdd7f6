import type { ReplicationDocument } from "../configurations.ts";
import { findVersion } from "../find.ts";
import type { ObjectRecord, ReplicationRecord, VersionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { replaceVersion } from "../versions.ts";
import { type ReplicationRule, rulesFor, syncsReplicas } from "./rules.ts";
import { sendByRules } from "./send.ts";

/** Sends a new version of a key, or one that changed, to the buckets that its bucket's rules name. */
export const queueReplication = (room: Room, version: VersionRecord): void => {
  const document = room.configurations.replication.get(version.bucket);
  if (!document) return;
  if (wantedBy(document, version).length === 0) return;
  const { bucket, key, versionId, sequence } = version;
  const revision = (room.replications.get([bucket, key, sequence])?.revision ?? 0) + 1;
  room.replications.put([bucket, key, sequence], { bucket, key, versionId, revision });
  if (version.kind === "object" && version.replication !== "REPLICA")
    replaceVersion(room, { ...version, replication: "PENDING" });
  startDraining(room, bucket);
};

/** AWS: a replica goes nowhere itself; what users change of it goes back where a rule says so. */
const wantedBy = (document: ReplicationDocument, version: VersionRecord): readonly ReplicationRule[] => {
  const rules = rulesFor(document, version);
  return version.kind === "object" && version.replication === "REPLICA" ? rules.filter(syncsReplicas) : rules;
};

/** Goes on with what an earlier process left. */
export const resumeReplications = (room: Room): void => {
  const buckets = new Set<string>();
  for (const { value } of room.replications.range()) buckets.add(value.bucket);
  for (const bucket of buckets) startDraining(room, bucket);
};

/** What waits in one bucket goes one after the other, so that versions of a key arrive in their order. */
const startDraining = (room: Room, bucket: string): void => {
  if (room.replicating.has(bucket)) return;
  room.replicating.add(bucket);
  room.tasks.spawn(`replication of ${bucket}`, async (signal) => {
    try {
      while (!signal.aborted) {
        const [waiting] = room.replications.range({ prefix: [bucket], limit: 1 });
        if (!waiting) return;
        await room.committed();
        await replicate(room, waiting.value);
        // A version that changed meanwhile goes once more.
        if (room.replications.get(waiting.key)?.revision === waiting.value.revision)
          room.replications.delete(waiting.key);
      }
    } finally {
      room.replicating.delete(bucket);
    }
  });
};

const replicate = async (room: Room, { bucket, key, versionId }: ReplicationRecord): Promise<void> => {
  const document = room.configurations.replication.get(bucket);
  const version = findVersion(room, bucket, key, versionId);
  if (!document || !version) return;
  const isComplete = await sendByRules(room, document, wantedBy(document, version), version);
  const now = findVersion(room, bucket, key, versionId);
  if (now?.kind === "object" && now.replication === "PENDING") replaceVersion(room, withStatus(now, isComplete));
};

const withStatus = (object: ObjectRecord, isComplete: boolean): ObjectRecord => ({
  ...object,
  replication: isComplete ? "COMPLETED" : "FAILED",
});
