import { isJsonObject } from "../../kernel/json.ts";
import { UsageFailure } from "../failure.ts";
import { pairsIn, unquoted } from "./pairs.ts";

/** `Key=Value …` as CloudFormation's tags; a word of its own may hold spaces in its value. */
export const tagsOf = (value: unknown): readonly { readonly Key: string; readonly Value: string }[] =>
  pairsOf(value).map(([Key, Value]) => ({ Key, Value }));

const pairsOf = (value: unknown): readonly (readonly [string, string])[] => {
  if (value === undefined || value === "") return [];
  if (Array.isArray(value)) return value.flatMap(pairsOf);
  if (isJsonObject(value)) return Object.entries(value).map(([key, text]) => [key, String(text)]);
  const text = String(value);
  const parts = text.split("=");
  const [key = "", only = ""] = parts;
  if (parts.length === 2) return [[unquoted(key), unquoted(only)]];
  const pairs = pairsIn(text, " ");
  if (pairs.length > 0) return pairs;
  throw new UsageFailure(
    `Invalid value for '--tags': ${text} is not in valid format. It must look something like 'KeyName1=string KeyName2=string'`,
  );
};
