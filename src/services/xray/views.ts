import type { GroupRecord, PolicyRecord, SamplingRuleRecord } from "./records.ts";
import { type Room, xrayArn } from "./room.ts";

export const groupView = ({ name, arn, filterExpression, insights, notifications }: GroupRecord) => ({
  GroupName: name,
  GroupARN: arn,
  ...(filterExpression === undefined ? {} : { FilterExpression: filterExpression }),
  InsightsConfiguration: { InsightsEnabled: insights, NotificationsEnabled: notifications },
});

export const samplingRuleView = (room: Room, rule: SamplingRuleRecord) => ({
  SamplingRule: {
    RuleName: rule.name,
    RuleARN: xrayArn(room, `sampling-rule/${rule.name}`),
    ResourceARN: rule.resourceArn,
    Priority: rule.priority,
    FixedRate: rule.fixedRate,
    ReservoirSize: rule.reservoirSize,
    ServiceName: rule.serviceName,
    ServiceType: rule.serviceType,
    Host: rule.host,
    HTTPMethod: rule.httpMethod,
    URLPath: rule.urlPath,
    Version: 1,
    Attributes: { ...rule.attributes },
    ...(rule.boost ? { SamplingRateBoost: rule.boost } : {}),
  },
  CreatedAt: new Date(rule.createdAt),
  ModifiedAt: new Date(rule.modifiedAt),
});

export const policyView = ({ name, document, revision, updatedAt }: PolicyRecord) => ({
  PolicyName: name,
  PolicyDocument: document,
  PolicyRevisionId: revision,
  LastUpdatedTime: new Date(updatedAt),
});
