import { isJsonObject, type JsonObject, type JsonValue } from "../../kernel/json.ts";

/** What an authorizer's policy says of invoking a route: it has no conditions, a deny wins, and nothing is allowed unsaid. */
export type InvokeDecision = "allowed" | "implicitly denied" | "explicitly denied";

export const decideInvoke = (document: JsonObject, routeArn: string): InvokeDecision => {
  const applying = listOf(document["Statement"])
    .filter(isJsonObject)
    .filter(({ Action, Resource }) => covers(Action, "execute-api:Invoke") && covers(Resource, routeArn));
  if (applying.some(({ Effect }) => Effect === "Deny")) return "explicitly denied";
  return applying.some(({ Effect }) => Effect === "Allow") ? "allowed" : "implicitly denied";
};

const covers = (patterns: JsonValue | undefined, text: string): boolean =>
  listOf(patterns).some((pattern) => globExpression(String(pattern)).test(text));

const globExpression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  );

const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
