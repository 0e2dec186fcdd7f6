import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { groupsOf } from "./groups.ts";
import { policyOf } from "./policies.ts";
import type { Tag } from "./records.ts";
import { type Room, xrayArn } from "./room.ts";
import { rulesOf } from "./sampling/rules.ts";

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const onAll = (action: string) => (): AuthorizationRequest => ({ action: `xray:${action}`, resource: "*" });

/** AWS: resource policies are for services, such as SNS, that send segments or ask for rules. */
const byPolicies =
  (action: string) =>
  (room: Room): AuthorizationRequest => ({ ...onAll(action)(), resourcePolicy: policyOf(room) });

interface GroupInput {
  readonly GroupName?: string | undefined;
  readonly GroupARN?: string | undefined;
}

/** AWS: a group that is named and is not there has an ARN without its random tail. */
const onGroup =
  (action: string) =>
  (room: Room, _ctx: Context, { GroupName, GroupARN }: GroupInput): AuthorizationRequest => {
    const group = groupsOf(room).find(({ name, arn }) => name === GroupName || arn === GroupARN);
    return {
      action: `xray:${action}`,
      resource: group?.arn ?? GroupARN ?? xrayArn(room, `group/${GroupName ?? "*"}`),
      conditions: ownTags(group?.tags),
    };
  };

interface RuleInput {
  readonly RuleName?: string | undefined;
  readonly RuleARN?: string | undefined;
}

const onRule = (room: Room, action: string, { RuleName, RuleARN }: RuleInput): AuthorizationRequest => ({
  action: `xray:${action}`,
  resource: RuleARN ?? xrayArn(room, `sampling-rule/${RuleName ?? "*"}`),
  conditions: ownTags(rulesOf(room).find(({ name }) => RuleARN?.endsWith(`/${name}`) || name === RuleName)?.tags),
});

const onArn =
  (action: string) =>
  (room: Room, _ctx: Context, { ResourceARN }: { readonly ResourceARN: string }): AuthorizationRequest => {
    const tagged = [
      ...groupsOf(room),
      ...rulesOf(room).map((rule) => ({ ...rule, arn: xrayArn(room, `sampling-rule/${rule.name}`) })),
    ];
    const conditions = ownTags(tagged.find(({ arn }) => arn === ResourceARN)?.tags);
    return { action: `xray:${action}`, resource: ResourceARN, conditions };
  };

const ownTags = (tags: readonly Tag[] = []) =>
  Object.fromEntries(tags.map(({ key, value }) => [`aws:ResourceTag/${key}`, value]));

interface TagsInput {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
}

const givenTags = ({ Tags = [] }: TagsInput) =>
  Object.fromEntries(Tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value]));

const withTags = (request: AuthorizationRequest, input: TagsInput): AuthorizationRequest => ({
  ...request,
  conditions: { ...request.conditions, ...givenTags(input) },
});

export const iam: IamTable<Room, "xray"> = {
  PutTraceSegments: byPolicies("PutTraceSegments"),
  PutTelemetryRecords: onAll("PutTelemetryRecords"),
  BatchGetTraces: onAll("BatchGetTraces"),
  GetTraceSummaries: onAll("GetTraceSummaries"),
  GetTraceGraph: onAll("GetTraceGraph"),
  GetServiceGraph: onAll("GetServiceGraph"),
  GetTimeSeriesServiceStatistics: onAll("GetTimeSeriesServiceStatistics"),
  GetSamplingRules: byPolicies("GetSamplingRules"),
  GetSamplingTargets: byPolicies("GetSamplingTargets"),
  GetSamplingStatisticSummaries: onAll("GetSamplingStatisticSummaries"),
  CreateSamplingRule: (room, _ctx, input) =>
    withTags(onRule(room, "CreateSamplingRule", { RuleName: input.SamplingRule.RuleName }), input),
  UpdateSamplingRule: (room, _ctx, { SamplingRuleUpdate }) => onRule(room, "UpdateSamplingRule", SamplingRuleUpdate),
  DeleteSamplingRule: (room, _ctx, input) => onRule(room, "DeleteSamplingRule", input),
  CreateGroup: (room, ctx, input) => withTags(onGroup("CreateGroup")(room, ctx, { GroupName: input.GroupName }), input),
  UpdateGroup: onGroup("UpdateGroup"),
  DeleteGroup: onGroup("DeleteGroup"),
  GetGroup: onGroup("GetGroup"),
  GetGroups: onAll("GetGroups"),
  GetEncryptionConfig: onAll("GetEncryptionConfig"),
  PutEncryptionConfig: onAll("PutEncryptionConfig"),
  PutResourcePolicy: onAll("PutResourcePolicy"),
  DeleteResourcePolicy: onAll("DeleteResourcePolicy"),
  ListResourcePolicies: onAll("ListResourcePolicies"),
  TagResource: (room, ctx, input) => withTags(onArn("TagResource")(room, ctx, input), input),
  UntagResource: onArn("UntagResource"),
  ListTagsForResource: onArn("ListTagsForResource"),
};
