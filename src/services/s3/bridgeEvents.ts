import type { CloudEvent } from "../../kernel/events.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { type Happening, type S3EventName, sequencer } from "./notificationEvents.ts";
import { NULL_VERSION } from "./records.ts";

/** What EventBridge hears of it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export const bridgeEvent = (
  { name, bucket, version, time, ctx, details }: Happening,
  id: string,
): CloudEvent | undefined => {
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
        ...(isOfArchive(name) ? {} : { sequencer: sequencer(version, time) }),
      },
      "request-id": ctx.requestId,
      requester: ctx.principal.kind === "service" ? ctx.principal.service : ctx.account,
      ...(ctx.sourceIp ? { "source-ip-address": ctx.sourceIp } : {}),
      ...reasonOf(name),
      ...details.bridged,
    },
  };
};

/** AWS: what happens to an object's archive is told without its place in an order. */
const isOfArchive = (name: S3EventName): boolean => name.startsWith("ObjectRestore:") || name === "LifecycleTransition";

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
  "ObjectRestore:Post": "Object Restore Initiated",
  "ObjectRestore:Completed": "Object Restore Completed",
  "ObjectRestore:Delete": "Object Restore Expired",
  LifecycleTransition: "Object Storage Class Changed",
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
