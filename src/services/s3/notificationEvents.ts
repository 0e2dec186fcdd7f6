import type { Context } from "../../kernel/context.ts";
import type { CloudEvent } from "../../kernel/events.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { canonicalId } from "./grants.ts";
import { type BucketRecord, NULL_VERSION, type VersionRecord } from "./records.ts";

/** What happens to objects, as S3's events name it. */
export type S3EventName =
  | "ObjectCreated:Put"
  | "ObjectCreated:Post"
  | "ObjectCreated:Copy"
  | "ObjectCreated:CompleteMultipartUpload"
  | "ObjectRemoved:Delete"
  | "ObjectRemoved:DeleteMarkerCreated"
  | "ObjectTagging:Put"
  | "ObjectTagging:Delete"
  | "ObjectAcl:Put"
  | "LifecycleExpiration:Delete"
  | "LifecycleExpiration:DeleteMarkerCreated"
  | "Replication:OperationFailedReplication";

/** Something that happened to an object, and in whose call. */
export interface Happening {
  readonly name: S3EventName;
  readonly bucket: BucketRecord;
  readonly version: VersionRecord;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly ctx: Context;
  /** What is told of a replication. */
  readonly replication: JsonObject | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
export const eventRecord = (
  { name, bucket, version, time, ctx, replication }: Happening,
  configurationId: string,
): JsonObject => ({
  eventVersion: VERSIONS.find(([names]) => names.test(name))?.[1] ?? "2.1",
  eventSource: "aws:s3",
  awsRegion: bucket.region,
  eventTime: new Date(time).toISOString(),
  eventName: name,
  userIdentity: { principalId: principalId(ctx) },
  requestParameters: { sourceIPAddress: ctx.sourceIp ?? "127.0.0.1" },
  responseElements: { "x-amz-request-id": ctx.requestId, "x-amz-id-2": "aloft" },
  s3: {
    s3SchemaVersion: "1.0",
    configurationId,
    bucket: {
      name: bucket.name,
      ownerIdentity: { principalId: canonicalId(bucket.account) },
      arn: `arn:${ctx.partition}:s3:::${bucket.name}`,
    },
    object: {
      // AWS: the key as in a form, a space as a plus.
      key: encodeURIComponent(version.key).replaceAll("%20", "+").replaceAll("%2F", "/"),
      ...contentOf(name, version),
      ...(version.versionId === NULL_VERSION ? {} : { versionId: version.versionId }),
      ...(isOfPart(name) ? {} : { sequencer: sequencer(version, time) }),
    },
  },
  ...(replication ? { replicationEventData: replication } : {}),
});

const VERSIONS: readonly (readonly [RegExp, string])[] = [
  [/^Object(?:Tagging|Acl):|^Lifecycle/, "2.3"],
  [/^Replication:/, "2.2"],
];

/** AWS: what happens to an object's tags or its list is told without its size and its place in an order. */
const isOfPart = (name: S3EventName): boolean => /^Object(?:Tagging|Acl):/.test(name);

/** AWS: a delete marker is told as something empty, and of what is gone nothing. */
const contentOf = (name: S3EventName, version: VersionRecord): JsonObject => {
  if (name.endsWith(":DeleteMarkerCreated")) return { eTag: EMPTY_ETAG };
  if (version.kind === "marker" || /^(?:ObjectRemoved|LifecycleExpiration):Delete$/.test(name)) return {};
  return { ...(isOfPart(name) ? {} : { size: version.size }), eTag: version.etag };
};

const EMPTY_ETAG = "d41d8cd98f00b204e9800998ecf8427e";

/** What EventBridge hears of it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export const bridgeEvent = ({ name, bucket, version, time, ctx }: Happening, id: string): CloudEvent | undefined => {
  const detailType = DETAIL_TYPES[name];
  // AWS: nothing of replications.
  if (detailType === undefined) return undefined;
  return {
    id,
    time,
    source: "aws.s3",
    detailType,
    account: bucket.account,
    region: bucket.region,
    resources: [`arn:${ctx.partition}:s3:::${bucket.name}`],
    ...(ctx.traceId === undefined ? {} : { traceId: ctx.traceId }),
    detail: {
      version: "0",
      bucket: { name: bucket.name },
      object: {
        key: version.key,
        ...(version.kind === "object" && !name.includes("Delete") ? { size: version.size, etag: version.etag } : {}),
        ...(version.versionId === NULL_VERSION ? {} : { "version-id": version.versionId }),
        sequencer: sequencer(version, time),
      },
      "request-id": ctx.requestId,
      requester: ctx.account,
      ...(ctx.sourceIp ? { "source-ip-address": ctx.sourceIp } : {}),
      ...reasonOf(name),
    },
  };
};

const DETAIL_TYPES: Partial<Readonly<Record<S3EventName, string>>> = {
  "ObjectCreated:Put": "Object Created",
  "ObjectCreated:Post": "Object Created",
  "ObjectCreated:Copy": "Object Created",
  "ObjectCreated:CompleteMultipartUpload": "Object Created",
  "ObjectRemoved:Delete": "Object Deleted",
  "ObjectRemoved:DeleteMarkerCreated": "Object Deleted",
  "ObjectTagging:Put": "Object Tags Added",
  "ObjectTagging:Delete": "Object Tags Deleted",
  "ObjectAcl:Put": "Object ACL Updated",
  "LifecycleExpiration:Delete": "Object Deleted",
  "LifecycleExpiration:DeleteMarkerCreated": "Object Deleted",
};

const REASONS: Partial<Readonly<Record<S3EventName, string>>> = {
  "ObjectCreated:Put": "PutObject",
  "ObjectCreated:Post": "POST Object",
  "ObjectCreated:Copy": "CopyObject",
  "ObjectCreated:CompleteMultipartUpload": "CompleteMultipartUpload",
  "ObjectRemoved:Delete": "DeleteObject",
  "ObjectRemoved:DeleteMarkerCreated": "DeleteObject",
  "LifecycleExpiration:Delete": "Lifecycle Expiration",
  "LifecycleExpiration:DeleteMarkerCreated": "Lifecycle Expiration",
};

const reasonOf = (name: S3EventName): JsonObject => {
  const reason = REASONS[name];
  const marker = name.endsWith(":DeleteMarkerCreated");
  const deletion = name.endsWith(":Delete") && DETAIL_TYPES[name] === "Object Deleted";
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(marker ? { "deletion-type": "Delete Marker Created" } : {}),
    ...(deletion ? { "deletion-type": "Permanently Deleted" } : {}),
  };
};

const principalId = ({ principal }: Context): string => {
  if (principal.kind === "anonymous" || principal.kind === "federated") return "Anonymous";
  return principal.kind === "service" ? principal.service : `AWS:${principal.userId}`;
};

/** Greater for later events of one key. */
const sequencer = ({ sequence }: VersionRecord, time: number): string =>
  `${time.toString(16).padStart(12, "0")}${sequence.toString(16).padStart(6, "0")}`.toUpperCase();
