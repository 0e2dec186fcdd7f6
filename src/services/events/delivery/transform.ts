import type { CloudEvent } from "../../../kernel/events.ts";
import type { TargetRecord } from "../records.ts";

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

/** What a target gets of an event. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
export const targetInput = (
  target: TargetRecord,
  document: unknown,
  rule: { readonly arn: string; readonly name: string; readonly now: number },
): string => {
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined) return JSON.stringify(valueAt(document, target.inputPath) ?? null);
  if (target.inputTransformer) return transformed(target.inputTransformer, document, rule);
  return JSON.stringify(document);
};

type Transformer = NonNullable<TargetRecord["inputTransformer"]>;

/** Placeholders inside a quoted string become its text; elsewhere, JSON. */
const transformed = (
  { paths, template }: Transformer,
  document: unknown,
  rule: { readonly arn: string; readonly name: string; readonly now: number },
): string => {
  const reserved: Readonly<Record<string, unknown>> = {
    "aws.events.rule-arn": rule.arn,
    "aws.events.rule-name": rule.name,
    "aws.events.event.ingestion-time": new Date(rule.now).toISOString(),
    "aws.events.event": document,
    "aws.events.event.json": document,
  };
  return template.replace(/<([A-Za-z0-9._-]+)>/g, (placeholder, name: string, offset: number) => {
    const path = paths[name];
    if (path === undefined && !Object.hasOwn(reserved, name)) return placeholder;
    const value = path === undefined ? reserved[name] : valueAt(document, path);
    return isQuoted(template, offset) ? quotedText(value) : JSON.stringify(value ?? "");
  });
};

/** A placeholder stands within a string when an odd number of quotes comes before it. */
const isQuoted = (template: string, offset: number): boolean =>
  (template.slice(0, offset).match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;

const quotedText = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value ?? "");
  return JSON.stringify(text).slice(1, -1);
};

/** The value at a path such as `$.detail.items[0].id`. */
const valueAt = (document: unknown, path: string): unknown => {
  let value = document;
  for (const [, name, index] of path.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === (name ?? index))?.[1];
  }
  return value;
};
