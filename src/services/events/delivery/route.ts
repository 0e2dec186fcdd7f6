import { matchesPattern } from "../../../engines/pattern/eventPattern.ts";
import type { CloudEvent } from "../../../kernel/events.ts";
import { DEFAULT_BUS, type DeliveryRecord, type RuleRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { archive } from "./archive.ts";
import { startDelivery } from "./deliver.ts";
import { isPipeline, tellAwaited } from "./starts.ts";
import { type EventDocument, eventDocument, type Routed, targetInput } from "./transform.ts";

/** Hears of what happens in the cloud's own services: it arrives on the default bus. */
export const listen = (room: Room): void => {
  room.stop = room.events.subscribe((event) => {
    const isOurs = event.account === room.account && event.region === room.region;
    // What callers put on a bus is routed where it is put.
    if (isOurs && event.source.startsWith("aws.")) route(room, DEFAULT_BUS, event, event.traceId);
  });
};

/** Sends an event to the targets of every rule of a bus that it fits. */
export const route = (room: Room, bus: string, event: CloudEvent, traceHeader?: string): void => {
  receiveDocument(room, bus, eventDocument(event), traceHeader);
};

/** Takes an event that was routed before, as it is. */
export const receiveDocument = (room: Room, bus: string, document: EventDocument, traceHeader?: string): void => {
  archive(room, bus, document);
  routeDocument(room, bus, document, { traceHeader });
};

/** Sends what is an event already on its way, to all of a bus's rules or to some. */
export const routeDocument = (
  room: Room,
  bus: string,
  document: Routed,
  { traceHeader, isHeard = () => true }: { traceHeader?: string | undefined; isHeard?: (ruleArn: string) => boolean },
): void => {
  for (const { value: rule } of room.rules.range({ prefix: [bus] })) {
    if (!rule.enabled || rule.managedBy || rule.eventPattern === undefined || !isHeard(rule.arn)) continue;
    if (!matchesPattern(JSON.parse(rule.eventPattern), document)) continue;
    room.meter("MatchedEvents", rule.arn);
    sendToTargets(room, rule, document, traceHeader);
  }
};

/** Notes a delivery for each target of a rule, and starts them. They survive a crash. */
export const sendToTargets = (room: Room, rule: RuleRecord, document: Routed, traceHeader?: string): void => {
  room.meter("TriggeredRules", rule.arn);
  for (const target of rule.targets) {
    const payload = targetInput(target, document, { arn: rule.arn, name: rule.name, now: room.clock.now() });
    if (payload === undefined) {
      process.stderr.write(`aloft: the input template of target ${target.id} of ${rule.arn} made no JSON\n`);
      continue;
    }
    const delivery: DeliveryRecord = {
      id: room.ids.uuid(),
      ruleArn: rule.arn,
      target,
      payload,
      attempts: 0,
      since: room.clock.now(),
      ...(traceHeader === undefined ? {} : { traceHeader }),
    };
    room.deliveries.put(delivery.id, delivery);
    if (isPipeline(target)) tellAwaited(room, delivery, document);
    startDelivery(room, delivery);
  }
};
