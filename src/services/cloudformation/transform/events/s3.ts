import type { CfnResource } from "../cfnResource.ts";
import { type Context, conditionOf } from "../context.ts";
import { InvalidEvent, InvalidResource } from "../errors.ts";
import { expectList, expectMap, resource as resourceSubject } from "../expect.ts";
import { conditional, ref } from "../intrinsics.ts";
import { listOf, mapOf, oneOf, optional, required, strict, TEXT } from "../properties.ts";
import { tagList } from "../tags.ts";
import { Dict, deepCopy, isDict, isText, literal, sameValue, type Value } from "../values/value.ts";
import { editedResource, mapUnder, referredResource } from "./editedResource.ts";
import type { EventSource, EventTarget, EventType } from "./eventSource.ts";
import { invokePermission } from "./permission.ts";

/** `S3`: the bucket, which must be in the same template, notifies the function. */
export const s3Event: EventType = {
  properties: {
    Bucket: required(TEXT),
    Events: strict(oneOf(TEXT, listOf(TEXT)), true),
    Filter: optional(mapOf(TEXT)),
  },
  link: (source, context) => {
    bucketOf(source, context);
  },
  generate: (source, target, context) => {
    const { logicalId, resource } = bucketOf(source, context);
    const permission = invokePermission(source, target, {
      principal: "s3.amazonaws.com",
      sourceAccount: ref(literal("AWS::AccountId")),
    });
    dependOn(resource, logicalId, permission, source);
    notify(resource, logicalId, source, target);
    return [permission, editedResource(logicalId, resource, "AWS::S3::Bucket", BUCKET_PROPERTIES)];
  },
};

const bucketOf = (source: EventSource, context: Context): { readonly logicalId: string; readonly resource: Dict } => {
  const found = referredResource(
    source.properties.get("Bucket"),
    context,
    () => new InvalidEvent(source.eventId, "'Ref' value in S3 events is not a valid string."),
  );
  if (found && isDict(found.resource)) return { logicalId: found.logicalId, resource: found.resource };
  throw new InvalidEvent(source.eventId, "S3 events must reference an S3 bucket in the same template.");
};

/**
 * The bucket is made after the permission, or S3 refuses the notification. A permission under a condition cannot be
 * depended on, so a tag that refers to it conditionally takes the dependency's place.
 */
const dependOn = (bucket: Dict, bucketId: string, permission: CfnResource, source: EventSource): void => {
  const condition = conditionOf(permission.attributes);
  if (condition !== null) {
    const properties = mapUnder(bucket, "Properties");
    if (!isDict(properties)) return;
    const tags = properties.get("Tags") === null ? [] : properties.get("Tags");
    const list = expectList(tags, resourceSubject(bucketId), "Tags");
    const dependency = conditional(condition, ref(permission.logicalId), "no dependency");
    const tag = Dict.plain({ [`sam:ConditionalDependsOn:${permission.logicalId}`]: dependency });
    properties.set("Tags", [...list, ...tagList(tag)]);
    return;
  }
  const given = bucket.has("DependsOn") ? bucket.get("DependsOn") : [];
  const list = isText(given) ? [given] : given;
  if (!Array.isArray(list) || list.some((item) => isDict(item) || Array.isArray(item))) {
    throw new InvalidResource(
      source.logicalId,
      "Invalid type for field 'DependsOn'. Expected a string or list of strings.",
    );
  }
  bucket.set("DependsOn", withoutRepeats([...list, permission.logicalId]));
};

const withoutRepeats = (values: Value[]): Value[] =>
  values.filter((value, index) => values.findIndex((other) => sameValue(other, value)) === index);

const notify = (bucket: Dict, bucketId: string, source: EventSource, target: EventTarget): void => {
  const properties = expectMap(
    bucket.has("Properties") ? bucket.get("Properties") : Dict.plain(),
    resourceSubject(bucketId),
    "",
    "Properties should be a map.",
  );
  bucket.set("Properties", properties);
  const notification = expectMap(
    mapUnder(properties, "NotificationConfiguration"),
    resourceSubject(bucketId),
    "NotificationConfiguration",
  );
  const given = notification.get("LambdaConfigurations") ?? [];
  if (!Array.isArray(given)) {
    throw new InvalidResource(bucketId, "Invalid type for LambdaConfigurations. Must be a list.");
  }
  for (const mapping of mappingsOf(source, target)) {
    if (!given.some((known) => sameValue(known, mapping))) given.push(mapping);
  }
  notification.set("LambdaConfigurations", given);
};

const mappingsOf = (source: EventSource, target: EventTarget): Dict[] => {
  const events = source.properties.get("Events");
  const filter = source.properties.get("Filter");
  const condition = conditionOf(target.resource.attributes);
  return (Array.isArray(events) ? events : [events]).map((event) => {
    const mapping = Dict.plain({ Function: target.arn });
    if (filter !== null) mapping.set("Filter", deepCopy(filter));
    mapping.set("Event", event);
    return condition === null ? mapping : conditional(condition, mapping);
  });
};

const BUCKET_PROPERTIES = new Set(
  `
    AccessControl AccelerateConfiguration AnalyticsConfigurations BucketEncryption BucketName CorsConfiguration
    IntelligentTieringConfigurations InventoryConfigurations LifecycleConfiguration LoggingConfiguration
    MetricsConfigurations NotificationConfiguration ObjectLockConfiguration ObjectLockEnabled OwnershipControls
    PublicAccessBlockConfiguration ReplicationConfiguration Tags VersioningConfiguration WebsiteConfiguration
  `
    .trim()
    .split(/\s+/),
);
