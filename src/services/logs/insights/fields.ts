import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { Lookup } from "./evaluate.ts";
import { lambdaFields } from "./lambdaFields.ts";
import type { Value } from "./values.ts";

/** An event as a query sees it. */
export interface QueriedEvent {
  readonly message: string;
  readonly timestamp: number;
  readonly ingestedAt: number;
  readonly stream: string;
  readonly group: string;
  readonly account: string;
  /** What names it for ever. */
  readonly pointer: string;
}

/** Fields that every event has. */
export const ALWAYS = ["@ingestionTime", "@log", "@logStream", "@message", "@timestamp"];

/** The fields of an event, found as they are asked for. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html */
export const fieldsOf = (event: QueriedEvent): Lookup => {
  let json: JsonValue | undefined | null = null;
  const ofLambda = event.group.startsWith("/aws/lambda/") ? lambdaFields(event.message) : undefined;
  return (name) => {
    const own = ownField(event, name) ?? (name.startsWith("@") ? ofLambda?.get(name) : undefined);
    if (own !== undefined || name.startsWith("@")) return own;
    if (json === null) json = jsonIn(event.message, ofLambda !== undefined);
    return leaf(json, name);
  };
};

const ownField = (event: QueriedEvent, name: string): Value => {
  switch (name) {
    case "@message":
      return event.message;
    case "@timestamp":
      return { ms: event.timestamp };
    case "@ingestionTime":
      return { ms: event.ingestedAt };
    case "@logStream":
      return event.stream;
    case "@log":
      return `${event.account}:${event.group}`;
    case "@ptr":
      return event.pointer;
    default:
      return undefined;
  }
};

/** AWS: of a function's log, the first JSON within a line counts too. */
export const jsonIn = (message: string, isWithin: boolean): JsonValue | undefined => {
  const text = isWithin ? message.slice(message.indexOf("{"), message.lastIndexOf("}") + 1) : message.trim();
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A message is whatever a program wrote: most are no JSON.
    return undefined;
  }
};

const leaf = (json: JsonValue | undefined, name: string): Value => {
  const found = memberAt(json, name);
  if (found === undefined || found === null || typeof found === "object") return undefined;
  // AWS: truth is a number.
  return typeof found === "boolean" ? Number(found) : found;
};

/** `a.b.0`, in which a member's own name may have dots. */
const memberAt = (json: JsonValue | undefined, name: string): JsonValue | undefined => {
  if (Array.isArray(json)) {
    const [, index = "", rest] = /^(\d+)(?:\.(.*))?$/s.exec(name) ?? [];
    const item: JsonValue | undefined = json[Number(index === "" ? -1 : index)];
    return rest === undefined ? item : memberAt(item, rest);
  }
  if (!isJsonObject(json)) return undefined;
  if (Object.hasOwn(json, name)) return json[name];
  for (let dot = name.indexOf("."); dot > 0; dot = name.indexOf(".", dot + 1)) {
    const head = name.slice(0, dot);
    const found = Object.hasOwn(json, head) ? memberAt(json[head], name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The names of the fields that a message's JSON has. */
export const leavesOf = (json: JsonValue | undefined, path = ""): string[] => {
  if (Array.isArray(json)) return json.flatMap((item: JsonValue, index) => leavesOf(item, `${path}.${index}`));
  if (isJsonObject(json))
    return Object.entries(json).flatMap(([name, value]) => leavesOf(value, path === "" ? name : `${path}.${name}`));
  return path === "" || json === undefined ? [] : [path];
};
