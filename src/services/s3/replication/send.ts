import { assumeRole } from "../../../kernel/assumeRole.ts";
import type { ReplicationDocument } from "../configurations.ts";
import { asS3, s3For } from "../itself.ts";
import { announce } from "../notifications.ts";
import type { BucketRecord, VersionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { orFail, ReplicationFailure } from "./failure.ts";
import { sendMarker, sendObject } from "./replicas.ts";
import { destinationOf, type ReplicationRule } from "./rules.ts";

/** Sends a version to each bucket that one of the rules names; whether it got to all of them. */
export const sendByRules = async (
  room: Room,
  { Role = "" }: ReplicationDocument,
  rules: readonly ReplicationRule[],
  version: VersionRecord,
): Promise<boolean> => {
  const source = room.buckets.get(version.bucket);
  if (!source) return false;
  let isComplete = true;
  for (const rule of rules) {
    try {
      await send(room, { role: Role, rule, source, version });
    } catch (error) {
      if (!(error instanceof ReplicationFailure)) throw error;
      isComplete = false;
      tellFailure(room, source, rule, version, error);
    }
  }
  return isComplete;
};

interface Sending {
  readonly role: string;
  readonly rule: ReplicationRule;
  readonly source: BucketRecord;
  readonly version: VersionRecord;
}

const send = async (room: Room, { role, rule, source, version }: Sending): Promise<void> => {
  const target = room.buckets.get(destinationOf(rule));
  if (!target) throw new ReplicationFailure("DstBucketNotFound");
  if (target.versioning !== "Enabled") throw new ReplicationFailure("DstBucketUnversioned");
  const assumed = assumeRole(asS3(room, source), s3For(source), role, "s3-replication");
  const ctx = await orFail("AssumeRoleNotPermitted", assumed);
  if (version.kind === "marker") await sendMarker(room, ctx, { source, target, rule, version });
  else await sendObject(room, ctx, { source, target, rule, version });
};

/** AWS: failures are told where a rule has metrics. */
const tellFailure = (
  room: Room,
  source: BucketRecord,
  { ID = "", Destination }: ReplicationRule,
  version: VersionRecord,
  { reason }: ReplicationFailure,
): void => {
  if (Destination?.Metrics?.Status !== "Enabled") return;
  announce(room, asS3(room, source), "Replication:OperationFailedReplication", version, {
    record: {
      replicationEventData: {
        replicationRuleId: ID,
        destinationBucket: Destination.Bucket ?? "",
        s3Operation: version.kind === "marker" ? "DELETE_MARKER" : "OBJECT_PUT",
        requestTime: new Date(version.modifiedAt).toISOString(),
        failureReason: reason,
      },
    },
  });
};
