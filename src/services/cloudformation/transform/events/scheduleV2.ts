import { CfnResource } from "../cfnResource.ts";
import { InvalidEvent } from "../errors.ts";
import { getAtt } from "../intrinsics.ts";
import { assumedBy, invokeFunctionPolicy, sendToQueuePolicy, startExecutionPolicy } from "../policies/documents.ts";
import { FLAG, MAP, optional, required, strict, TEXT } from "../properties.ts";
import { Dict, either, literal, truthy, type Value } from "../values/value.ts";
import type { EventSource, EventTarget, EventType } from "./eventSource.ts";
import { type DeadLetterQueue, deadLetterQueue } from "./rule.ts";

const SAME = [
  "ScheduleExpression",
  "Description",
  "StartDate",
  "EndDate",
  "ScheduleExpressionTimezone",
  "GroupName",
  "KmsKeyArn",
];

/** `ScheduleV2`: an EventBridge Scheduler schedule for a function or a state machine. */
export const scheduleV2: EventType = {
  properties: {
    PermissionsBoundary: optional(TEXT),
    ScheduleExpression: required(TEXT),
    FlexibleTimeWindow: optional(MAP),
    Name: optional(TEXT),
    State: optional(TEXT),
    Description: optional(TEXT),
    StartDate: optional(TEXT),
    EndDate: optional(TEXT),
    ScheduleExpressionTimezone: optional(TEXT),
    GroupName: optional(TEXT),
    KmsKeyArn: optional(TEXT),
    Input: optional(TEXT),
    RoleArn: optional(TEXT),
    DeadLetterConfig: optional(MAP),
    RetryPolicy: optional(MAP),
    OmitName: strict(FLAG),
  },
  generate: (source, target) => {
    const schedule = makeSchedule(source, target);
    const deadLetter = deadLetterQueue(source, target.attributes, undefined);
    const resources = [schedule, ...(deadLetter?.resources ?? [])];
    let roleArn = source.properties.get("RoleArn");
    if (!truthy(roleArn)) {
      const role = makeRole(source, target, deadLetter);
      resources.push(role);
      roleArn = getAtt(role.logicalId, "Arn");
    }
    const entry = Dict.plain({ Arn: target.arn, RoleArn: roleArn });
    for (const name of ["Input", "RetryPolicy"]) {
      if (source.properties.get(name) !== null) entry.set(name, source.properties.get(name));
    }
    if (deadLetter) entry.set("DeadLetterConfig", Dict.plain({ Arn: deadLetter.arn }));
    schedule.set("Target", entry);
    return resources;
  },
};

const makeSchedule = (source: EventSource, target: EventTarget): CfnResource => {
  const { properties, logicalId } = source;
  const schedule = new CfnResource("AWS::Scheduler::Schedule", logicalId, target.attributes);
  for (const name of SAME) schedule.set(name, properties.get(name));
  if (truthy(properties.get("State"))) schedule.set("State", properties.get("State"));
  if (!truthy(properties.get("OmitName"))) schedule.set("Name", either(properties.get("Name"), logicalId));
  else if (truthy(properties.get("Name"))) {
    throw new InvalidEvent(logicalId, "Name cannot be set when OmitName is True");
  }
  const always = Dict.plain({ Mode: literal("OFF") });
  schedule.set("FlexibleTimeWindow", either(properties.get("FlexibleTimeWindow"), always));
  return schedule;
};

const makeRole = (source: EventSource, target: EventTarget, deadLetter: DeadLetterQueue | undefined): CfnResource => {
  const isStateMachine = target.resource.type.startsWith("AWS::StepFunctions::");
  const use = isStateMachine ? startExecutionPolicy : invokeFunctionPolicy;
  const policies: Value[] = [use(target.arn, source.logicalId)];
  if (deadLetter && truthy(deadLetter.arn)) policies.push(sendToQueuePolicy(deadLetter.arn, source.logicalId));
  const boundary = source.properties.get("PermissionsBoundary");
  return new CfnResource("AWS::IAM::Role", `${source.logicalId}Role`, target.attributes, {
    AssumeRolePolicyDocument: assumedBy("scheduler.amazonaws.com"),
    Policies: policies,
    PermissionsBoundary: truthy(boundary) ? boundary : null,
  });
};
