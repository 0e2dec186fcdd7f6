/**
 * The schemas of AWS CodeStar Notifications, in the form in which SDK clients carry theirs: `[9, …]` an operation,
 * `[3, …]` a structure whose required members come first, `[1, …]` a list, `128 |` a map, and numbers for simple types.
 */
const NAMESPACE = "com.amazonaws.codestarnotifications";
const STRING = 0;
const NUMBER = 1;
const BOOLEAN = 2;
const TIMESTAMP = 4;
const STRINGS = 64 | STRING;
const STRING_MAP = 128 | STRING;

type Schema = unknown;

const structure = (
  name: string,
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
) => {
  const members = { ...required, ...optional };
  return [3, NAMESPACE, name, 0, Object.keys(members), Object.values(members), Object.keys(required).length] as const;
};

const listOf = (name: string, item: Schema) => [1, NAMESPACE, name, 0, () => item] as const;

const operation = (
  name: string,
  input: Schema,
  output: Schema,
  path = `/${name.charAt(0).toLowerCase()}${name.slice(1)}`,
) => [9, NAMESPACE, name, { http: ["POST", path, 200] }, () => input, () => output] as const;

const target = structure("Target", {}, { TargetType: STRING, TargetAddress: STRING });
const targets = listOf("Targets", target);
const targetSummaries = listOf(
  "TargetsBatch",
  structure("TargetSummary", {}, { TargetAddress: STRING, TargetType: STRING, TargetStatus: STRING }),
);
const eventTypes = listOf(
  "EventTypeBatch",
  structure(
    "EventTypeSummary",
    {},
    { EventTypeId: STRING, ServiceName: STRING, EventTypeName: STRING, ResourceType: STRING },
  ),
);
const rules = listOf("NotificationRuleBatch", structure("NotificationRuleSummary", {}, { Id: STRING, Arn: STRING }));

const arnOnly = (name: string) => structure(name, { Arn: STRING });
const listInput = (name: string, filter: string) =>
  structure(
    name,
    {},
    {
      Filters: listOf(`${filter}s`, structure(filter, { Name: STRING, Value: STRING })),
      NextToken: STRING,
      MaxResults: NUMBER,
    },
  );
const listOutput = (name: string, members: Readonly<Record<string, Schema>>) =>
  structure(name, {}, { ...members, NextToken: STRING });

const CreateNotificationRule$ = operation(
  "CreateNotificationRule",
  structure(
    "CreateNotificationRuleRequest",
    { Name: STRING, EventTypeIds: STRINGS, Resource: STRING, Targets: targets, DetailType: STRING },
    { ClientRequestToken: STRING, Tags: STRING_MAP, Status: STRING },
  ),
  arnOnly("CreateNotificationRuleResult"),
);
const DeleteNotificationRule$ = operation(
  "DeleteNotificationRule",
  arnOnly("DeleteNotificationRuleRequest"),
  arnOnly("DeleteNotificationRuleResult"),
);
const DeleteTarget$ = operation(
  "DeleteTarget",
  structure("DeleteTargetRequest", { TargetAddress: STRING }, { ForceUnsubscribeAll: BOOLEAN }),
  structure("DeleteTargetResult", {}),
);
const DescribeNotificationRule$ = operation(
  "DescribeNotificationRule",
  arnOnly("DescribeNotificationRuleRequest"),
  structure(
    "DescribeNotificationRuleResult",
    { Arn: STRING },
    {
      Name: STRING,
      EventTypes: eventTypes,
      Resource: STRING,
      Targets: targetSummaries,
      DetailType: STRING,
      CreatedBy: STRING,
      Status: STRING,
      CreatedTimestamp: TIMESTAMP,
      LastModifiedTimestamp: TIMESTAMP,
      Tags: STRING_MAP,
    },
  ),
);
const ListEventTypes$ = operation(
  "ListEventTypes",
  listInput("ListEventTypesRequest", "ListEventTypesFilter"),
  listOutput("ListEventTypesResult", { EventTypes: eventTypes }),
);
const ListNotificationRules$ = operation(
  "ListNotificationRules",
  listInput("ListNotificationRulesRequest", "ListNotificationRulesFilter"),
  listOutput("ListNotificationRulesResult", { NotificationRules: rules }),
);
const ListTagsForResource$ = operation(
  "ListTagsForResource",
  arnOnly("ListTagsForResourceRequest"),
  structure("ListTagsForResourceResult", {}, { Tags: STRING_MAP }),
);
const ListTargets$ = operation(
  "ListTargets",
  listInput("ListTargetsRequest", "ListTargetsFilter"),
  listOutput("ListTargetsResult", { Targets: targetSummaries }),
);
const Subscribe$ = operation(
  "Subscribe",
  structure("SubscribeRequest", { Arn: STRING, Target: target }, { ClientRequestToken: STRING }),
  arnOnly("SubscribeResult"),
);
const TagResource$ = operation(
  "TagResource",
  structure("TagResourceRequest", { Arn: STRING, Tags: STRING_MAP }),
  structure("TagResourceResult", {}, { Tags: STRING_MAP }),
);
const Unsubscribe$ = operation(
  "Unsubscribe",
  structure("UnsubscribeRequest", { Arn: STRING, TargetAddress: STRING }),
  arnOnly("UnsubscribeResult"),
);
const UntagResource$ = operation(
  "UntagResource",
  structure("UntagResourceRequest", {
    Arn: [STRING, { httpLabel: 1 }],
    TagKeys: [STRINGS, { httpQuery: "tagKeys" }],
  }),
  structure("UntagResourceResult", {}),
  "/untagResource/{Arn}",
);
const UpdateNotificationRule$ = operation(
  "UpdateNotificationRule",
  structure(
    "UpdateNotificationRuleRequest",
    { Arn: STRING },
    { Name: STRING, Status: STRING, EventTypeIds: STRINGS, Targets: targets, DetailType: STRING },
  ),
  structure("UpdateNotificationRuleResult", {}),
);

/** What stands in for a client: its operations' schemas. */
export const model = {
  CreateNotificationRule$,
  DeleteNotificationRule$,
  DeleteTarget$,
  DescribeNotificationRule$,
  ListEventTypes$,
  ListNotificationRules$,
  ListTagsForResource$,
  ListTargets$,
  Subscribe$,
  TagResource$,
  Unsubscribe$,
  UntagResource$,
  UpdateNotificationRule$,
};
