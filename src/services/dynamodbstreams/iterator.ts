import { isJsonObject } from "../../kernel/json.ts";
import { validationError } from "./errors.ts";

/** A place in a shard: the number of the change to read next. */
export interface ShardPlace {
  readonly arn: string;
  readonly shard: string;
  readonly next: number;
  /** When the iterator was given, in milliseconds since the epoch. */
  readonly at: number;
}

/** An iterator as AWS writes it: the stream, a version, and what is no caller's business. */
export const iteratorOf = ({ arn, shard, next, at }: ShardPlace): string =>
  `${arn}|1|${Buffer.from(JSON.stringify({ shard, next, at })).toString("base64")}`;

/** The place again. Throws ValidationException for what is no iterator of ours. */
export const placeOf = (iterator: string): ShardPlace => {
  const [arn = "", version, token = ""] = iterator.split("|");
  const place = version === "1" ? parsed(Buffer.from(token, "base64").toString("utf8")) : undefined;
  if (!isJsonObject(place)) throw validationError("Invalid ShardIterator");
  const { shard, next, at } = place;
  if (typeof shard !== "string" || typeof next !== "number" || typeof at !== "number")
    throw validationError("Invalid ShardIterator");
  return { arn, shard, next, at };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Not ours: the caller is told so above.
    return undefined;
  }
};
