import type { Context } from "../../kernel/context.ts";
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
  | "ObjectRestore:Post"
  | "ObjectRestore:Completed"
  | "ObjectRestore:Delete"
  | "LifecycleTransition"
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
  /** What is told of this event alone: in a notification, and in the detail that EventBridge hears. */
  readonly details: { readonly record?: JsonObject; readonly bridged?: JsonObject };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
export const eventRecord = (
  { name, bucket, version, time, ctx, details }: Happening,
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
  ...details.record,
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

const principalId = ({ principal }: Context): string => {
  if (principal.kind === "anonymous" || principal.kind === "federated") return "Anonymous";
  return principal.kind === "service" ? principal.service : `AWS:${principal.userId}`;
};

/** Greater for later events of one key. */
export const sequencer = ({ sequence }: VersionRecord, time: number): string =>
  `${time.toString(16).padStart(12, "0")}${sequence.toString(16).padStart(6, "0")}`.toUpperCase();
