import type { GroupRecord, ScheduleRecord, TargetRecord } from "./records.ts";

export const scheduleView = (schedule: ScheduleRecord) => ({
  Arn: schedule.arn,
  Name: schedule.name,
  GroupName: schedule.group,
  ScheduleExpression: schedule.expression,
  ScheduleExpressionTimezone: schedule.timezone,
  ...(schedule.startsAt === undefined ? {} : { StartDate: new Date(schedule.startsAt) }),
  ...(schedule.endsAt === undefined ? {} : { EndDate: new Date(schedule.endsAt) }),
  Description: schedule.description,
  State: stateOf(schedule),
  KmsKeyArn: schedule.kmsKey,
  Target: targetView(schedule.target),
  FlexibleTimeWindow:
    schedule.windowMinutes === 0
      ? { Mode: "OFF" as const }
      : { Mode: "FLEXIBLE" as const, MaximumWindowInMinutes: schedule.windowMinutes },
  ActionAfterCompletion: schedule.deleteAfterCompletion ? ("DELETE" as const) : ("NONE" as const),
  CreationDate: new Date(schedule.createdAt),
  LastModificationDate: new Date(schedule.changedAt),
});

export const scheduleSummary = (schedule: ScheduleRecord) => ({
  Arn: schedule.arn,
  Name: schedule.name,
  GroupName: schedule.group,
  State: stateOf(schedule),
  CreationDate: new Date(schedule.createdAt),
  LastModificationDate: new Date(schedule.changedAt),
  Target: { Arn: schedule.target.arn },
});

export const groupView = (group: GroupRecord) => ({
  Arn: group.arn,
  Name: group.name,
  State: "ACTIVE" as const,
  CreationDate: new Date(group.createdAt),
  LastModificationDate: new Date(group.changedAt),
});

const stateOf = ({ enabled }: ScheduleRecord) => (enabled ? ("ENABLED" as const) : ("DISABLED" as const));

const targetView = (target: TargetRecord) => ({
  Arn: target.arn,
  RoleArn: target.roleArn,
  Input: target.input,
  ...(target.deadLetterArn === undefined ? {} : { DeadLetterConfig: { Arn: target.deadLetterArn } }),
  RetryPolicy: { MaximumEventAgeInSeconds: target.maxAgeSeconds, MaximumRetryAttempts: target.maxRetries },
  ...(target.messageGroupId === undefined ? {} : { SqsParameters: { MessageGroupId: target.messageGroupId } }),
  ...(target.event
    ? { EventBridgeParameters: { DetailType: target.event.detailType, Source: target.event.source } }
    : {}),
});
