import type { CommandIO, MetadataBearer } from "@smithy/types";

/**
 * AWS CodeStar Notifications in the form of an SDK's client. The published client is of the time before clients carried
 * schemas, so its contract is written down here, and its schemas beside the room.
 * https://docs.aws.amazon.com/codestar-notifications/latest/APIReference/
 */
export interface NotificationsModel {
  /** The schemas: `CreateNotificationRule$` and so on. */
  readonly [schema: `${string}$`]: unknown;
  readonly CreateNotificationRuleCommand?: Command<CreateRuleInput, { readonly Arn: string }>;
  readonly DeleteNotificationRuleCommand?: Command<RuleArn, { readonly Arn: string }>;
  readonly DeleteTargetCommand?: Command<
    { readonly TargetAddress: string; readonly ForceUnsubscribeAll?: boolean },
    object
  >;
  readonly DescribeNotificationRuleCommand?: Command<RuleArn, RuleDescription>;
  readonly ListEventTypesCommand?: Command<ListInput, Page & { readonly EventTypes: readonly EventTypeSummary[] }>;
  readonly ListNotificationRulesCommand?: Command<
    ListInput,
    Page & { readonly NotificationRules: readonly { readonly Id: string; readonly Arn: string }[] }
  >;
  readonly ListTagsForResourceCommand?: Command<RuleArn, { readonly Tags: Tags }>;
  readonly ListTargetsCommand?: Command<ListInput, Page & { readonly Targets: readonly TargetSummary[] }>;
  readonly SubscribeCommand?: Command<RuleArn & { readonly Target: NotificationTarget }, { readonly Arn: string }>;
  readonly TagResourceCommand?: Command<RuleArn & { readonly Tags: Tags }, { readonly Tags: Tags }>;
  readonly UnsubscribeCommand?: Command<RuleArn & { readonly TargetAddress: string }, { readonly Arn: string }>;
  readonly UntagResourceCommand?: Command<RuleArn & { readonly TagKeys: readonly string[] }, object>;
  readonly UpdateNotificationRuleCommand?: Command<UpdateRuleInput, object>;
}

type Command<I extends object, O extends object> = abstract new (...args: never[]) => CommandIO<I, O & MetadataBearer>;
type Tags = Readonly<Record<string, string>>;

interface RuleArn {
  readonly Arn: string;
}

export interface NotificationTarget {
  readonly TargetType?: string | undefined;
  readonly TargetAddress?: string | undefined;
}

interface RuleSettings {
  readonly Status?: string | undefined;
}

interface CreateRuleInput extends RuleSettings {
  readonly Name: string;
  readonly EventTypeIds: readonly string[];
  readonly Resource: string;
  readonly Targets: readonly NotificationTarget[];
  readonly DetailType: string;
  readonly ClientRequestToken?: string | undefined;
  readonly Tags?: Tags | undefined;
}

interface UpdateRuleInput extends RuleSettings, RuleArn {
  readonly Name?: string | undefined;
  readonly EventTypeIds?: readonly string[] | undefined;
  readonly Targets?: readonly NotificationTarget[] | undefined;
  readonly DetailType?: string | undefined;
}

interface EventTypeSummary {
  readonly EventTypeId: string;
  readonly ServiceName: string;
  readonly EventTypeName: string;
  readonly ResourceType: string;
}

interface TargetSummary {
  readonly TargetAddress: string;
  readonly TargetType: string;
  readonly TargetStatus: string;
}

interface RuleDescription extends RuleArn {
  readonly Name: string;
  readonly EventTypes: readonly EventTypeSummary[];
  readonly Resource: string;
  readonly Targets: readonly TargetSummary[];
  readonly DetailType: string;
  readonly CreatedBy: string;
  readonly Status: string;
  readonly CreatedTimestamp: Date;
  readonly LastModifiedTimestamp: Date;
  readonly Tags: Tags;
}

interface ListInput {
  readonly Filters?: readonly { readonly Name: string; readonly Value: string }[] | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

interface Page {
  readonly NextToken?: string;
}
