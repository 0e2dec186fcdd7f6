import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";

/** Services whose API begins its members with a small letter. AWS: in a state machine all begin with a capital. */
const CAMEL = ["cloudwatchlogs", "codebuild", "codecommit", "codedeploy", "codepipeline", "ecr", "sfn"];

/** Members whose own members are names of the user's: they stay as they are. */
const MAPS = ["tags", "Tags", "Variables", "environment", "Attributes", "MessageAttributes", "Item", "Key"];

/** A task's arguments as the service's API names them. */
export const argumentsFor = (service: string, args: JsonValue): JsonValue =>
  CAMEL.includes(service) ? renamed(args, (name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`) : args;

/** A service's answer as Step Functions gives it. */
export const resultOf = (answer: unknown, dates: "seconds" | "text"): JsonValue =>
  renamed(plain(answer, dates) ?? {}, (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`);

const renamed = (value: JsonValue, rename: (name: string) => string): JsonValue => {
  if (Array.isArray(value)) return value.map((item: JsonValue) => renamed(item, rename));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      rename(name),
      MAPS.includes(name) && isJsonObject(inner) ? inner : renamed(inner, rename),
    ]),
  );
};

/** What the SDK answers, as JSON: bytes as text, times as AWS writes them, without its own metadata. */
const plain = (value: unknown, dates: "seconds" | "text"): JsonValue | undefined => {
  if (value === undefined || typeof value === "function") return undefined;
  if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "string")
    return value;
  if (value instanceof Date) return dates === "text" ? value.toISOString() : value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (Array.isArray(value)) return value.map((item) => plain(item, dates) ?? null);
  if (typeof value !== "object") return String(value);
  const members = Object.entries(value).flatMap(([name, inner]): [string, JsonValue][] => {
    const made = name === "$metadata" ? undefined : plain(inner, dates);
    return made === undefined ? [] : [[name, made]];
  });
  return Object.fromEntries(members);
};
