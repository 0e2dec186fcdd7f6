import type { CallOutputs } from "../../../kernel/aws.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { momentAsGiven } from "../../../kernel/resourceReading.ts";

// The API's spelling of bucket configurations in that of templates: the way back from documents.ts.

type Lifecycle = CallOutputs["s3"]["GetBucketLifecycleConfiguration"];
type Notifications = CallOutputs["s3"]["GetBucketNotificationConfiguration"];
type Website = CallOutputs["s3"]["GetBucketWebsite"];

export const lifecycleProperty = ({ Rules = [] }: Lifecycle, given: JsonValue = {}) => {
  const asked = isJsonObject(given) ? objectsOf(given["Rules"]) : [];
  const ruleFor = (id: string | undefined, index: number) =>
    asked.find(({ Id }) => Id !== undefined && Id === id) ?? asked[index] ?? {};
  return { Rules: Rules.map((rule, index) => lifecycleRule(rule, ruleFor(rule.ID, index))) };
};

/** AWS: some of a rule's parts can be written in two ways; the rule is given in that of its template. */
const lifecycleRule = (rule: NonNullable<Lifecycle["Rules"]>[number], asked: JsonObject) => {
  const { Filter, Expiration } = rule;
  const { And = Filter } = Filter ?? {};
  const dates = [asked["Transition"], ...objectsOf(asked["Transitions"])].filter(isJsonObject);
  const transitions = (rule.Transitions ?? []).map(({ StorageClass, Days, Date: date }, index) => ({
    ...{ StorageClass, TransitionInDays: Days },
    TransitionDate: momentAsGiven(dates[index]?.["TransitionDate"], date),
  }));
  const noncurrent = (rule.NoncurrentVersionTransitions ?? []).map(({ NoncurrentDays, ...transition }) => ({
    ...transition,
    TransitionInDays: NoncurrentDays,
  }));
  const ended = rule.NoncurrentVersionExpiration;
  return {
    Id: rule.ID,
    Status: rule.Status,
    Prefix: And?.Prefix ?? rule.Prefix,
    TagFilters: Filter?.And?.Tags ?? (Filter?.Tag ? [Filter.Tag] : []),
    ...{ ObjectSizeGreaterThan: And?.ObjectSizeGreaterThan, ObjectSizeLessThan: And?.ObjectSizeLessThan },
    ExpirationInDays: Expiration?.Days,
    ExpirationDate: momentAsGiven(asked["ExpirationDate"], Expiration?.Date),
    ExpiredObjectDeleteMarker: Expiration?.ExpiredObjectDeleteMarker,
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
    ...("NoncurrentVersionExpirationInDays" in asked
      ? { NoncurrentVersionExpirationInDays: ended?.NoncurrentDays }
      : { NoncurrentVersionExpiration: ended }),
    ...("Transition" in asked
      ? { Transition: transitions[0], Transitions: transitions.slice(1) }
      : { Transitions: transitions }),
    ...("NoncurrentVersionTransition" in asked
      ? { NoncurrentVersionTransition: noncurrent[0], NoncurrentVersionTransitions: noncurrent.slice(1) }
      : { NoncurrentVersionTransitions: noncurrent }),
  };
};

/** AWS: templates name one event a time. */
export const notificationProperty = (there: Notifications) => ({
  LambdaConfigurations: (there.LambdaFunctionConfigurations ?? []).flatMap((one) =>
    (one.Events ?? []).map((Event) => ({ Function: one.LambdaFunctionArn, Event, ...filterOf(one) })),
  ),
  QueueConfigurations: (there.QueueConfigurations ?? []).flatMap((one) =>
    (one.Events ?? []).map((Event) => ({ Queue: one.QueueArn, Event, ...filterOf(one) })),
  ),
  TopicConfigurations: (there.TopicConfigurations ?? []).flatMap((one) =>
    (one.Events ?? []).map((Event) => ({ Topic: one.TopicArn, Event, ...filterOf(one) })),
  ),
  ...(there.EventBridgeConfiguration ? { EventBridgeConfiguration: { EventBridgeEnabled: true } } : {}),
});

const filterOf = ({ Filter }: Pick<NonNullable<Notifications["QueueConfigurations"]>[number], "Filter">) => {
  const rules = Filter?.Key?.FilterRules ?? [];
  if (rules.length === 0) return {};
  return { Filter: { S3Key: { Rules: rules.map(({ Name, Value }) => ({ Name: Name?.toLowerCase(), Value })) } } };
};

export const websiteProperty = ({ IndexDocument, ErrorDocument, RedirectAllRequestsTo, RoutingRules }: Website) => ({
  IndexDocument: IndexDocument?.Suffix,
  ErrorDocument: ErrorDocument?.Key,
  RedirectAllRequestsTo,
  RoutingRules: RoutingRules?.map(({ Redirect, Condition }) => ({
    RedirectRule: Redirect,
    RoutingRuleCondition: Condition,
  })),
});

const objectsOf = (list: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(list) ? list.filter(isJsonObject) : [];
