import { invalidArgument, malformedXml } from "../errors.ts";
import { findBucket } from "../find.ts";
import { checkDestinations } from "../notificationDelivery.ts";
import type { Operation, Room } from "../room.ts";

export const putBucketNotificationConfiguration =
  (
    room: Pick<Room, "buckets" | "configurations" | "ids" | "contextAs">,
  ): Operation<"PutBucketNotificationConfiguration"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    checkFilters(input.NotificationConfiguration);
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

/** AWS: a filter looks at how keys begin and end, and says both its name and its value. */
const checkFilters = (document: Document): void => {
  const { LambdaFunctionConfigurations = [], QueueConfigurations = [], TopicConfigurations = [] } = document;
  const rules = [...LambdaFunctionConfigurations, ...QueueConfigurations, ...TopicConfigurations];
  for (const { Name, Value } of rules.flatMap(({ Filter }) => Filter?.Key?.FilterRules ?? [])) {
    if (Name === undefined || Value === undefined) throw malformedXml();
    if (/^(?:prefix|suffix)$/i.test(Name)) continue;
    throw invalidArgument("filter rule name must be either prefix or suffix", "FilterRule.Name", Name);
  }
};

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
