import { parsed } from "../../../engines/eventSources/parsed.ts";
import { valueAt } from "../../../engines/pattern/valueAt.ts";
import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { own } from "../../../kernel/own.ts";
import type { PipeRecord } from "../records.ts";
import { filled } from "./template.ts";

/** An event on its way through a pipe. */
export interface PipeEvent {
  readonly value: JsonValue;
  /** The same with what its source encodes, such as the body of a message, as the JSON it is. AWS: paths look into that. */
  readonly decoded: JsonValue;
}

export const sourceEvent = (value: JsonValue): PipeEvent => {
  const body = isJsonObject(value) ? value["body"] : undefined;
  if (!isJsonObject(value) || typeof body !== "string") return plainEvent(value);
  const inner = parsed(body);
  return { value, decoded: isDocument(inner) ? { ...value, body: inner } : value };
};

/** What an enrichment answered: nothing of it is encoded. */
export const plainEvent = (value: JsonValue): PipeEvent => ({ value, decoded: value });

const isDocument = (value: unknown): value is JsonValue => typeof value === "object" && value !== null;

/** What an enrichment or a target gets of an event: the event, or what its template makes of it. */
export const inputOf = (pipe: PipeRecord, template: string | undefined, event: PipeEvent, now: number): string => {
  if (!template) return JSON.stringify(event.value);
  const reserved: Readonly<Record<string, JsonValue>> = {
    "aws.pipes.pipe-arn": pipe.arn,
    "aws.pipes.pipe-name": pipe.name,
    "aws.pipes.source-arn": pipe.source,
    "aws.pipes.enrichment-arn": pipe.enrichment ?? "",
    "aws.pipes.target-arn": pipe.target,
    "aws.pipes.event.ingestion-time": new Date(now).toISOString(),
    "aws.pipes.event.json": event.decoded,
  };
  return filled(template, (name, isQuoted) => {
    if (name.startsWith("$")) return valueAt(event.decoded, name);
    if (name === "aws.pipes.event") return isQuoted ? JSON.stringify(event.value) : event.value;
    return own(reserved, name);
  });
};

const PATH = /^\$(\.[\w/_-]+(\[(\d+|\*)\])*)*$/;

/** A parameter that may be a path into the event; undefined where there is none. AWS: the whole of it is a path, or nothing. */
export const parameterOf = (parameter: string | undefined, { decoded }: PipeEvent): string | undefined => {
  if (parameter === undefined || !PATH.test(parameter)) return parameter;
  const value = valueAt(decoded, parameter);
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
};
