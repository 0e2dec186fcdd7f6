import type { JsonValue } from "../../../../kernel/json.ts";
import { type ApiRequest, decodedParameters, joined, queryPairs } from "../request.ts";
import { contextVariable } from "./contextVariables.ts";
import { jsonAt, parseJson } from "./jsonPath.ts";

/** AWS: a JSON path looks no further into a body than this. */
const MAX_SEARCHED_BYTES = 100 * 1024;

/**
 * What a mapping's value stands for in a request: `$request.header.name`, a text with `${…}` in it, or itself. Undefined
 * when it names something that the request has not.
 */
export const selected = (
  request: ApiRequest,
  expression: string,
  more: (name: string) => JsonValue | undefined = () => undefined,
): JsonValue | undefined => {
  const value = (name: string) => more(name) ?? variable(request, name);
  if (VARIABLE.test(expression)) return value(expression.slice(1));
  if (WHOLE.test(expression)) return value(expression.slice(2, -1));
  return expression.replace(/\$\{([^}]+)\}/g, (_, name: string) => textOf(value(name)) ?? "");
};

const VARIABLE = /^\$(?:request|response|context|stageVariables)\b[^$]*$/;
const WHOLE = /^\$\{[^}]+\}$/;

/** A value as a header or a query carries it. */
export const textOf = (value: JsonValue | undefined): string | undefined =>
  value === undefined || value === null || typeof value === "string" ? (value ?? undefined) : JSON.stringify(value);

const variable = (request: ApiRequest, name: string): JsonValue | undefined => {
  const [, kind = "", rest = ""] = NAME.exec(name) ?? [];
  switch (kind) {
    case "request.header":
      return headerValue(request, rest);
    case "request.querystring":
      return joined(queryPairs(request.http.rawQuery))[rest];
    case "request.path":
      return rest === "" ? request.routePath : decodedParameters(request.match.parameters ?? {})[rest];
    case "request.body":
      return rest === ""
        ? request.bytes.toString()
        : jsonAt(parseJson(request.bytes.subarray(0, MAX_SEARCHED_BYTES).toString()), rest);
    case "context":
      return contextVariable(request, rest);
    case "stageVariables":
      return request.table.stage.stageVariables?.[rest];
    default:
      return undefined;
  }
};

const NAME = /^(request\.(?:header|querystring|path|body)|context|stageVariables)\.?(.*)$/s;

const headerValue = ({ headers }: ApiRequest, name: string): string | undefined => {
  const values = headers.filter(([header]) => header === name.toLowerCase()).map(([, value]) => value);
  return values.length > 0 ? values.join(",") : undefined;
};
