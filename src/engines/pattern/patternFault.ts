import { JsonFault, JsonReader, placeIn } from "./jsonReader.ts";
import { type Dialect, PatternFault, refuse } from "./refusal.ts";
import { checkRules } from "./ruleFault.ts";

/**
 * Why a text is no pattern, in the words and with the place that AWS's own compiler of patterns says; undefined when it is
 * one. https://github.com/aws/event-ruler
 */
export const patternFault = (text: string, dialect: Dialect = "EventBridge"): string | undefined => {
  const reader = new JsonReader(text);
  try {
    if (reader.next().kind !== "{") refuse(reader, "Filter is not an object");
    checkObject(reader, dialect, false);
    reader.next();
    return undefined;
  } catch (error) {
    if (error instanceof PatternFault) {
      return error.reason + (error.at === undefined ? "" : source(text, error.at).repeat(error.times));
    }
    if (error instanceof JsonFault) return error.reason + source(text, error.at);
    throw error;
  }
};

const MAX_SHOWN = 500;

/** AWS: a long text is shown by its beginning. */
const source = (text: string, at: number): string => {
  const rest = text.length > MAX_SHOWN ? `[truncated ${text.length - MAX_SHOWN} chars]` : "";
  return `\n at [Source: (String)"${text.slice(0, MAX_SHOWN)}"${rest}; ${placeIn(text, at)}]`;
};

const checkObject = (reader: JsonReader, dialect: Dialect, withinOr: boolean): void => {
  let fields = 0;
  for (let token = reader.next(); token.kind !== "}"; token = reader.next()) {
    fields++;
    const name = token.text;
    if (name === "$or") {
      checkAlternatives(reader, dialect);
      continue;
    }
    if (withinOr && MATCH_TYPES.has(name)) {
      refuse(reader, `${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    const { kind } = reader.next();
    if (kind === "{") checkObject(reader, dialect, withinOr);
    else if (kind === "[") checkRules(reader, dialect);
    else refuse(reader, `"${name}" must be an object or an array`);
  }
  if (fields === 0) refuse(reader, "Empty objects are not allowed");
};

const MATCH_TYPES: ReadonlySet<string> = new Set([
  "anything-but",
  "cidr",
  "equals-ignore-case",
  "exactly",
  "exists",
  "numeric",
  "prefix",
  "suffix",
  "wildcard",
]);

const checkAlternatives = (reader: JsonReader, dialect: Dialect): void => {
  if (reader.next().kind !== "[") refuse(reader, "It must be an Array followed with $or.");
  let alternatives = 0;
  for (let token = reader.next(); token.kind !== "]"; token = reader.next()) {
    alternatives++;
    if (token.kind !== "{") refuse(reader, "Only JSON object is allowed in array of $or relationship.");
    checkObject(reader, dialect, true);
  }
  if (alternatives < 2) refuse(reader, "There must have at least 2 Objects in $or relationship.");
};
