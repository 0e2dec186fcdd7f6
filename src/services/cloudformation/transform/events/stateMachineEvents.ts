import type { CfnResource } from "../cfnResource.ts";
import type { Context, SamResource } from "../context.ts";
import { ref } from "../intrinsics.ts";
import { Dict, isDict, type Value } from "../values/value.ts";
import { type EventTarget, type EventTypes, readEvent } from "./eventSource.ts";
import { scheduleV2 } from "./scheduleV2.ts";
import { stateMachineApi } from "./stateMachineApi.ts";
import { stateMachineRule, stateMachineSchedule } from "./stateMachineRules.ts";

const STATE_MACHINE_EVENTS: EventTypes = {
  Schedule: stateMachineSchedule,
  ScheduleV2: scheduleV2,
  CloudWatchEvent: stateMachineRule,
  EventBridgeRule: stateMachineRule,
  Api: stateMachineApi,
};

/** Reads a state machine's events, checks what they refer to, and answers how to generate their resources. */
export const stateMachineEvents = (
  resource: SamResource,
  context: Context,
): { readonly generate: (target: CfnResource, permissionsBoundary: Value) => CfnResource[] } => {
  const events = resource.properties.get("Events");
  const given = isDict(events) ? events : Dict.plain();
  const sources = given.keys().map((eventId) => {
    const source = readEvent(resource.logicalId, eventId, given, STATE_MACHINE_EVENTS);
    STATE_MACHINE_EVENTS[source.type]?.link?.(source, context);
    return source;
  });
  return {
    generate: (target, permissionsBoundary) => {
      const started: EventTarget = {
        resource: target,
        arn: ref(target.logicalId),
        nameOrArn: ref(target.logicalId),
        attributes: target.passedOnAttributes(),
        role: undefined,
        permissionsBoundary,
      };
      return sources.flatMap((source) => STATE_MACHINE_EVENTS[source.type]?.generate(source, started, context) ?? []);
    },
  };
};
