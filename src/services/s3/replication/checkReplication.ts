import type { ReplicationDocument } from "../configurations.ts";
import { invalidArgument, invalidRequest, malformedXml } from "../errors.ts";
import { MAX_REPLICATION_RULES } from "../limits.ts";
import type { BucketRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { destinationOf, type ReplicationRule } from "./rules.ts";

const RULE_ID_LENGTH = 48;
const MAX_RULE_ID_LENGTH = 255;

/**
 * A configuration whose rules each have an id. Throws what S3 says of one that cannot be.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
 */
export const checkedReplication = (
  room: Pick<Room, "buckets" | "ids">,
  bucket: BucketRecord,
  { Role, Rules = [] }: ReplicationDocument,
): ReplicationDocument => {
  if (Rules.length === 0 || Rules.length > MAX_REPLICATION_RULES) throw malformedXml();
  if (bucket.versioning !== "Enabled") {
    throw invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
  }
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(Role ?? "")) throw invalidArgument("Invalid Role ARN", "Role", Role);
  for (const rule of Rules) checkRule(rule);
  for (const rule of Rules) checkDestination(room, bucket, rule);
  const named = Rules.map((rule) => ({ ...rule, ID: rule.ID ?? room.ids.mixed(RULE_ID_LENGTH) }));
  if (hasRepeats(named.map(({ ID }) => ID)))
    throw invalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID");
  if (hasRepeats(Rules.flatMap(({ Priority }) => (Priority === undefined ? [] : [Priority]))))
    throw invalidRequest("Priority must be unique. Found same Priority for more than one rule");
  return { Role, Rules: named };
};

const hasRepeats = (values: readonly unknown[]): boolean => new Set(values).size < values.length;

/** AWS: a rule with a filter is of the newer form, and says more. */
const checkRule = (rule: ReplicationRule): void => {
  const { ID = "", Filter, Prefix, Priority, DeleteMarkerReplication } = rule;
  if (ID.length > MAX_RULE_ID_LENGTH)
    throw invalidArgument("ID length should not exceed allowed limit of 255", "ID", ID);
  if (Filter === undefined) {
    if (Priority !== undefined) throw wrongVersion("Priority cannot be used for");
    if (DeleteMarkerReplication) throw wrongVersion("DeleteMarkerReplication cannot be used for");
  } else {
    if (Prefix !== undefined) throw malformedXml();
    if (Object.values(Filter).filter((each) => each !== undefined).length > 1) throw malformedXml();
    if (Priority === undefined) throw wrongVersion("Priority must be specified for");
    if (!DeleteMarkerReplication) throw wrongVersion("DeleteMarkerReplication must be specified for");
    if (DeleteMarkerReplication.Status === "Enabled" && (Filter.Tag || (Filter.And?.Tags ?? []).length > 0))
      throw invalidRequest(
        "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.",
      );
  }
  checkEncryption(rule);
};

const wrongVersion = (what: string) =>
  invalidRequest(
    `${what} this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.`,
  );

const checkEncryption = ({ Destination, SourceSelectionCriteria }: ReplicationRule): void => {
  const isSelected = SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === "Enabled";
  if (isSelected && Destination?.EncryptionConfiguration?.ReplicaKmsKeyID === undefined)
    throw invalidRequest("ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.");
  if (!isSelected && Destination?.EncryptionConfiguration)
    throw invalidRequest("SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.");
};

const checkDestination = ({ buckets }: Pick<Room, "buckets">, bucket: BucketRecord, rule: ReplicationRule): void => {
  const { Bucket: arn = "", AccessControlTranslation, Account } = rule.Destination ?? {};
  if (!/^arn:[^:]+:s3:::[^:/]+$/.test(arn)) throw invalidArgument("Invalid bucket ARN", "Bucket", arn);
  const name = destinationOf(rule);
  if (name === bucket.name) throw invalidRequest("Destination bucket cannot be the same as the source bucket.");
  // AWS: a bucket that is not there is told to be without versions.
  const target = buckets.get(name);
  if (target?.versioning !== "Enabled") throw invalidRequest("Destination bucket must have versioning enabled.");
  if (AccessControlTranslation && Account === undefined)
    throw invalidRequest("Account must be specified if AccessControlTranslation is present.");
  if (Account !== undefined && Account !== target.account)
    throw invalidRequest("Account does not match the owner of the destination bucket.");
};
