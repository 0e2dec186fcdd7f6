import { invalidArgument, malformedXml } from "../errors.ts";
import { findBucket } from "../find.ts";
import { checkDestinations, destinationsOf } from "../notificationDelivery.ts";
import type { NotificationRule } from "../notificationRules.ts";
import type { Operation, Room } from "../room.ts";

export const putBucketNotificationConfiguration =
  (
    room: Pick<Room, "buckets" | "configurations" | "ids" | "contextAs">,
  ): Operation<"PutBucketNotificationConfiguration"> =>
  async (ctx, input) => {
    const bucket = findBucket(room, input);
    checkFilters(input.NotificationConfiguration);
    checkArns(input.NotificationConfiguration);
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

/** AWS: also where destinations are not to be tried. */
const checkArns = (document: Document): void => {
  for (const { kind, arn } of destinationsOf(document)) {
    if (!/^arn:[^:]+:[^:]+:[^:]*:\d{12}:.+$/.test(arn))
      throw invalidArgument("The ARN could not be parsed", ARGUMENTS[kind], arn);
  }
};

const ARGUMENTS = { function: "CloudFunction", queue: "Queue", topic: "Topic" } as const;

/** AWS: rules without an id are given one, and the names of filters are told in one spelling. */
const withIds = ({ ids }: Pick<Room, "ids">, document: Document): Document => {
  const named = <T extends Pick<NotificationRule, "Id" | "Filter">>(rules: readonly T[]): T[] =>
    rules.map((rule) => ({ ...rule, Id: rule.Id ?? ids.uuid(), ...spelt(rule) }));
  const { LambdaFunctionConfigurations, QueueConfigurations, TopicConfigurations, EventBridgeConfiguration } = document;
  return {
    ...(LambdaFunctionConfigurations ? { LambdaFunctionConfigurations: named(LambdaFunctionConfigurations) } : {}),
    ...(QueueConfigurations ? { QueueConfigurations: named(QueueConfigurations) } : {}),
    ...(TopicConfigurations ? { TopicConfigurations: named(TopicConfigurations) } : {}),
    ...(EventBridgeConfiguration ? { EventBridgeConfiguration } : {}),
  };
};

const spelt = ({ Filter }: Pick<NotificationRule, "Filter">) => {
  const rules = Filter?.Key?.FilterRules;
  if (!rules) return {};
  const FilterRules = rules.map(({ Name, Value }) => ({
    Name: /^prefix$/i.test(Name ?? "") ? "Prefix" : "Suffix",
    Value,
  }));
  return { Filter: { Key: { FilterRules } } };
};
