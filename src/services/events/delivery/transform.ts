import { valueAt } from "../../../engines/pattern/valueAt.ts";
import type { CloudEvent } from "../../../kernel/events.ts";
import { own } from "../../../kernel/own.ts";
import type { TargetRecord } from "../records.ts";
import { fillTemplate } from "./template.ts";

/** An event as EventBridge's receivers see it. */
export const eventDocument = (event: CloudEvent) => ({
  version: "0",
  id: event.id,
  "detail-type": event.detailType,
  source: event.source,
  account: event.account,
  time: `${new Date(event.time).toISOString().slice(0, 19)}Z`,
  region: event.region,
  resources: [...event.resources],
  detail: event.detail,
});

export type EventDocument = ReturnType<typeof eventDocument>;

/** An event as rules look at it; one that is replayed says so. */
export type Routed = Readonly<Record<string, unknown>>;

/** What a target gets of an event; undefined when its template makes no JSON of it. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export const targetInput = (
  target: TargetRecord,
  document: Routed,
  rule: { readonly arn: string; readonly name: string; readonly now: number },
): string | undefined => {
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined) return JSON.stringify(valueAt(document, target.inputPath) ?? null);
  if (target.inputTransformer) return transformed(target.inputTransformer, document, rule);
  return JSON.stringify(document);
};

const transformed = (
  { paths, template }: NonNullable<TargetRecord["inputTransformer"]>,
  document: Routed,
  rule: { readonly arn: string; readonly name: string; readonly now: number },
): string | undefined => {
  const reserved = new Map<string, unknown>([
    ["aws.events.rule-arn", rule.arn],
    ["aws.events.rule-name", rule.name],
    ["aws.events.event.ingestion-time", new Date(rule.now).toISOString()],
    ["aws.events.event", withoutDetail(document)],
    ["aws.events.event.json", document],
  ]);
  return fillTemplate(template, (name) => {
    const path = own(paths, name);
    return path === undefined ? reserved.get(name) : valueAt(document, path);
  });
};

/** AWS: the event without its detail, in the names of its own classes. */
const withoutDetail = ({ detail: _detail, "detail-type": detailType, ...event }: Routed) => ({
  ...event,
  detailType,
});
