import type { CfnResource } from "../cfnResource.ts";
import type { Context, SamResource } from "../context.ts";
import { getAtt, ref } from "../intrinsics.ts";
import { byCodePoint } from "../values/text.ts";
import { isDict, textOf, type Value } from "../values/value.ts";
import { alexaSkill } from "./alexaSkill.ts";
import { apiEvent } from "./api.ts";
import { cloudWatchLogs } from "./cloudWatchLogs.ts";
import { cognito } from "./cognito.ts";
import { eventBridgeRule } from "./eventBridgeRule.ts";
import { type EventSource, type EventTarget, type EventTypes, readEvent } from "./eventSource.ts";
import { httpApiEvent } from "./httpApi.ts";
import { iotRule } from "./iotRule.ts";
import { PULL_EVENTS } from "./pull.ts";
import { s3Event } from "./s3.ts";
import { schedule } from "./schedule.ts";
import { scheduleV2 } from "./scheduleV2.ts";
import { snsEvent } from "./sns.ts";

const FUNCTION_EVENTS: EventTypes = {
  Schedule: schedule,
  ScheduleV2: scheduleV2,
  CloudWatchEvent: eventBridgeRule,
  EventBridgeRule: eventBridgeRule,
  CloudWatchLogs: cloudWatchLogs,
  S3: s3Event,
  SNS: snsEvent,
  Api: apiEvent,
  HttpApi: httpApiEvent,
  AlexaSkill: alexaSkill,
  IoTRule: iotRule,
  Cognito: cognito,
  ...PULL_EVENTS,
};

interface Triggered {
  readonly lambda: CfnResource;
  readonly alias: CfnResource | undefined;
  readonly role: CfnResource;
}

/** Reads a function's events, checks what they refer to, and answers how to generate their resources. */
export const functionEventResources = (
  resource: SamResource,
  context: Context,
): { readonly generate: (triggered: Triggered) => CfnResource[] } => {
  const sources = readEvents(resource, context);
  return {
    generate: (triggered) => {
      const target = targetOf(triggered);
      return [...sources]
        .sort((left, right) => byCodePoint(sortKey(left), sortKey(right)))
        .flatMap((source) => FUNCTION_EVENTS[source.type]?.generate(source, target, context) ?? []);
    },
  };
};

const readEvents = (resource: SamResource, context: Context): EventSource[] => {
  const events = resource.properties.get("Events");
  if (!isDict(events)) return [];
  return events.keys().map((eventId) => {
    const source = readEvent(resource.logicalId, eventId, events, FUNCTION_EVENTS);
    FUNCTION_EVENTS[source.type]?.link?.(source, context);
    return source;
  });
};

/** AWS: events are worked through by path, so that documents come out in one order however they were written. */
const sortKey = (source: EventSource): string => {
  const path: Value = source.properties.get("Path");
  return textOf(path) ?? source.eventId;
};

const targetOf = ({ lambda, alias, role }: Triggered): EventTarget => {
  const common = { role, permissionsBoundary: null };
  if (alias) {
    const arn = () => ref(alias.logicalId);
    return { ...common, resource: alias, arn: arn(), nameOrArn: arn(), attributes: alias.passedOnAttributes() };
  }
  return {
    ...common,
    resource: lambda,
    arn: getAtt(lambda.logicalId, "Arn"),
    nameOrArn: ref(lambda.logicalId),
    attributes: lambda.passedOnAttributes(),
  };
};
