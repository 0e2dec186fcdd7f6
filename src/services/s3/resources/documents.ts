import type { AwsModels, CallInputOf } from "../../../kernel/aws.ts";
import type {
  LifecycleRule,
  NoncurrentTransition,
  NotificationConfiguration,
  Transition,
  WebsiteConfiguration,
} from "./bucketProperties.ts";

// A template's spelling of bucket configurations in the API's: the two differ in names and in nesting.

type S3Input<O extends "PutBucketLifecycleConfiguration" | "PutBucketNotificationConfiguration" | "PutBucketWebsite"> =
  CallInputOf<AwsModels["s3"], O>;
type Lifecycle = NonNullable<S3Input<"PutBucketLifecycleConfiguration">["LifecycleConfiguration"]>;
type Notification = NonNullable<S3Input<"PutBucketNotificationConfiguration">["NotificationConfiguration"]>;
type Website = NonNullable<S3Input<"PutBucketWebsite">["WebsiteConfiguration"]>;

export const lifecycleDocument = (rules: readonly LifecycleRule[]): Lifecycle => ({ Rules: rules.map(lifecycleRule) });

const lifecycleRule = (rule: LifecycleRule): NonNullable<Lifecycle["Rules"]>[number] => {
  const transitions = [...(rule.Transition ? [rule.Transition] : []), ...(rule.Transitions ?? [])];
  const noncurrent = [
    ...(rule.NoncurrentVersionTransition ? [rule.NoncurrentVersionTransition] : []),
    ...(rule.NoncurrentVersionTransitions ?? []),
  ];
  const days = rule.NoncurrentVersionExpirationInDays;
  const noncurrentExpiration =
    rule.NoncurrentVersionExpiration ?? (days === undefined ? undefined : { NoncurrentDays: days });
  return {
    ID: rule.Id,
    Status: rule.Status,
    Filter: filterOf(rule),
    ...(expires(rule) ? { Expiration: expirationOf(rule) } : {}),
    ...(transitions.length > 0 ? { Transitions: transitions.map(transitionOf) } : {}),
    ...(noncurrentExpiration ? { NoncurrentVersionExpiration: noncurrentExpiration } : {}),
    ...(noncurrent.length > 0 ? { NoncurrentVersionTransitions: noncurrent.map(noncurrentTransitionOf) } : {}),
    ...(rule.AbortIncompleteMultipartUpload
      ? { AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload }
      : {}),
  };
};

const expires = (rule: LifecycleRule): boolean =>
  rule.ExpirationDate !== undefined ||
  rule.ExpirationInDays !== undefined ||
  rule.ExpiredObjectDeleteMarker !== undefined;

const expirationOf = ({ ExpirationDate, ExpirationInDays, ExpiredObjectDeleteMarker }: LifecycleRule) => ({
  ...(ExpirationDate === undefined ? {} : { Date: new Date(ExpirationDate) }),
  ...(ExpirationInDays === undefined ? {} : { Days: ExpirationInDays }),
  ...(ExpiredObjectDeleteMarker === undefined ? {} : { ExpiredObjectDeleteMarker }),
});

/** AWS: one condition stands alone; several are joined by And. */
const filterOf = ({ Prefix, TagFilters = [], ObjectSizeGreaterThan, ObjectSizeLessThan }: LifecycleRule) => {
  const sizes = {
    ...(ObjectSizeGreaterThan === undefined ? {} : { ObjectSizeGreaterThan: Number(ObjectSizeGreaterThan) }),
    ...(ObjectSizeLessThan === undefined ? {} : { ObjectSizeLessThan: Number(ObjectSizeLessThan) }),
  };
  const conditions = (Prefix === undefined ? 0 : 1) + TagFilters.length + Object.keys(sizes).length;
  if (conditions > 1) return { And: { Prefix, Tags: [...TagFilters], ...sizes } };
  const [Tag] = TagFilters;
  return Tag ? { Tag } : { Prefix: Object.keys(sizes).length > 0 ? undefined : (Prefix ?? ""), ...sizes };
};

const transitionOf = ({ StorageClass, TransitionDate, TransitionInDays }: Transition) => ({
  StorageClass,
  ...(TransitionDate === undefined ? {} : { Date: new Date(TransitionDate) }),
  ...(TransitionInDays === undefined ? {} : { Days: TransitionInDays }),
});

const noncurrentTransitionOf = ({ StorageClass, TransitionInDays, NewerNoncurrentVersions }: NoncurrentTransition) => ({
  StorageClass,
  NoncurrentDays: TransitionInDays,
  NewerNoncurrentVersions,
});

export const websiteDocument = (website: WebsiteConfiguration): Website => ({
  ...(website.IndexDocument === undefined ? {} : { IndexDocument: { Suffix: website.IndexDocument } }),
  ...(website.ErrorDocument === undefined ? {} : { ErrorDocument: { Key: website.ErrorDocument } }),
  ...(website.RedirectAllRequestsTo ? { RedirectAllRequestsTo: website.RedirectAllRequestsTo } : {}),
  ...(website.RoutingRules
    ? {
        RoutingRules: website.RoutingRules.map(({ RedirectRule, RoutingRuleCondition }) => ({
          Redirect: RedirectRule,
          Condition: RoutingRuleCondition,
        })),
      }
    : {}),
});

export const notificationDocument = (configuration: NotificationConfiguration): Notification => {
  const { LambdaConfigurations, QueueConfigurations, TopicConfigurations, EventBridgeConfiguration } = configuration;
  return {
    ...(LambdaConfigurations
      ? {
          LambdaFunctionConfigurations: LambdaConfigurations.map(({ Function: LambdaFunctionArn, ...rule }) => ({
            LambdaFunctionArn,
            ...ruleOf(rule),
          })),
        }
      : {}),
    ...(QueueConfigurations
      ? {
          QueueConfigurations: QueueConfigurations.map(({ Queue: QueueArn, ...rule }) => ({
            QueueArn,
            ...ruleOf(rule),
          })),
        }
      : {}),
    ...(TopicConfigurations
      ? {
          TopicConfigurations: TopicConfigurations.map(({ Topic: TopicArn, ...rule }) => ({
            TopicArn,
            ...ruleOf(rule),
          })),
        }
      : {}),
    ...(EventBridgeConfiguration && EventBridgeConfiguration.EventBridgeEnabled !== false
      ? { EventBridgeConfiguration: {} }
      : {}),
  };
};

type TemplateRule = Pick<NonNullable<NotificationConfiguration["LambdaConfigurations"]>[number], "Event" | "Filter">;

const ruleOf = ({ Event, Filter }: TemplateRule) => ({
  Events: [Event],
  ...(Filter ? { Filter: { Key: { FilterRules: [...Filter.S3Key.Rules] } } } : {}),
});
