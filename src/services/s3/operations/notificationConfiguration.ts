import { findBucket } from "../find.ts";
import { checkDestinations } from "../notificationDelivery.ts";
import type { Operation, Room } from "../room.ts";

export const putBucketNotificationConfiguration =
  (
    room: Pick<Room, "buckets" | "configurations" | "ids" | "contextAs">,
  ): Operation<"PutBucketNotificationConfiguration"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    const named = withIds(room, input.NotificationConfiguration);
    if (!input.SkipDestinationValidation) await checkDestinations(ctx, bucket, named);
    room.configurations.notification.put(bucket.name, named);
    return {};
  };

export const getBucketNotificationConfiguration =
  (room: Pick<Room, "buckets" | "configurations">): Operation<"GetBucketNotificationConfiguration"> =>
  async (_ctx, input) =>
    room.configurations.notification.get(findBucket(room, input).name) ?? {};

type Document = Parameters<Operation<"PutBucketNotificationConfiguration">>[1]["NotificationConfiguration"];

/** AWS: rules without an id are given one. */
const withIds = ({ ids }: Pick<Room, "ids">, document: Document): Document => {
  const named = <T extends { readonly Id?: string | undefined }>(rules: readonly T[]): T[] =>
    rules.map((rule) => ({ ...rule, Id: rule.Id ?? ids.uuid() }));
  const { LambdaFunctionConfigurations, QueueConfigurations, TopicConfigurations, EventBridgeConfiguration } = document;
  return {
    ...(LambdaFunctionConfigurations ? { LambdaFunctionConfigurations: named(LambdaFunctionConfigurations) } : {}),
    ...(QueueConfigurations ? { QueueConfigurations: named(QueueConfigurations) } : {}),
    ...(TopicConfigurations ? { TopicConfigurations: named(TopicConfigurations) } : {}),
    ...(EventBridgeConfiguration ? { EventBridgeConfiguration } : {}),
  };
};
