import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import type { HistoryRecord } from "../records.ts";

/** A state that was entered, as an execution's history tells of it. */
export interface StatePart {
  /** The event of its entry. */
  readonly event: number;
  readonly name: string;
  /** The Parallel or Map whose branch it is in. */
  readonly within: StatePart | undefined;
  readonly startedAt: number;
  /** Absent where the execution ended within it. */
  endedAt?: number;
  readonly attempts: Attempt[];
}

/** One try of a task. */
export interface Attempt {
  readonly event: number;
  /** `lambda`, `dynamodb`, `aws-sdk:s3`, `activity`. */
  readonly service: string;
  readonly operation: string;
  readonly parameters: JsonObject;
  readonly startedAt: number;
  endedAt?: number;
  failure?: Failure;
}

export interface Failure {
  readonly error: string;
  readonly cause: string | undefined;
}

/** The states that a history went through, in order of their entry. */
export const partsOf = (events: Iterable<HistoryRecord>): readonly StatePart[] => {
  const parts: StatePart[] = [];
  /** By event: the state that whatever follows it is in. */
  const places = new Map<number, StatePart | undefined>();
  for (const event of events) {
    const place = places.get(event.previous);
    places.set(event.id, placeAfter(event, place, parts));
  }
  return parts;
};

const placeAfter = (event: HistoryRecord, place: StatePart | undefined, parts: StatePart[]): StatePart | undefined => {
  const { id, type, at, details = {} } = event;
  if (type.endsWith("StateEntered")) {
    const part: StatePart = { event: id, name: textOf(details, "name"), within: place, startedAt: at, attempts: [] };
    parts.push(part);
    return part;
  }
  if (type.endsWith("StateExited")) {
    const part = named(place, textOf(details, "name"));
    if (part) part.endedAt = at;
    return part?.within;
  }
  if (place) noteAttempt(place, event);
  return place;
};

/** The state of that name that a place is in: what ends a Parallel follows the last state of a branch. */
const named = (place: StatePart | undefined, name: string): StatePart | undefined =>
  place === undefined || place.name === name ? place : named(place.within, name);

const noteAttempt = (part: StatePart, { id, type, at, details = {} }: HistoryRecord): void => {
  const [, kind, what] = /^(Task|LambdaFunction|Activity)(Scheduled|Succeeded|Failed|TimedOut)$/.exec(type) ?? [];
  if (kind === undefined) return;
  if (what === "Scheduled") {
    part.attempts.push({ event: id, ...calledBy(kind, details), startedAt: at });
    return;
  }
  const attempt = part.attempts.at(-1);
  if (!attempt) return;
  attempt.endedAt = at;
  if (what !== "Succeeded")
    attempt.failure = { error: textOf(details, "error"), cause: textOf(details, "cause") || undefined };
};

const calledBy = (kind: string, details: JsonObject): Pick<Attempt, "service" | "operation" | "parameters"> => {
  if (kind === "Activity") return { service: "activity", operation: "", parameters: {} };
  const resource = textOf(details, "resource");
  if (kind === "LambdaFunction") return { service: "lambda", operation: "invoke", parameters: {} };
  const parameters = parsed(textOf(details, "parameters"));
  return { service: textOf(details, "resourceType"), operation: resource.replace(/\..*/, ""), parameters };
};

const parsed = (text: string): JsonObject => {
  const value: unknown = text === "" ? {} : JSON.parse(text);
  return isJsonObject(value) ? value : {};
};

const textOf = (details: JsonObject, name: string): string => {
  const value = details[name];
  return typeof value === "string" ? value : "";
};
