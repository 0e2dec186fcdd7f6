import { isJsonObject, type JsonValue } from "../../../kernel/json.ts";
import { contextOf, valueAt } from "./context.ts";
import { headerOf, lastAndAll, type MethodRequest, queryPairs } from "./request.ts";

/** What a mapping such as `method.request.header.X`, `stageVariables.x` or `'text'` stands for in a request. */
export const mappedValue = (request: MethodRequest, source: string): string | undefined => {
  const [, kind, name = ""] = SOURCE.exec(source) ?? [];
  switch (kind) {
    case "method.request.header":
      return headerOf(request, name);
    case "method.request.multivalueheader":
      return joined(
        request.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value),
      );
    case "method.request.querystring":
      return queryPairs(request.http.rawQuery).findLast(([key]) => key === name)?.[1];
    case "method.request.multivaluequerystring":
      return joined(lastAndAll(queryPairs(request.http.rawQuery)).all?.[name]);
    case "method.request.path":
      return request.match.parameters?.[name];
    case "method.request.body":
      return textAt(request.bytes.toString(), name);
    case "stageVariables":
      return request.table.stage.variables?.[name];
    case "context":
      return asText(valueAt(contextOf(request), name));
    default:
      return quoted(source);
  }
};

const SOURCE =
  /^(method\.request\.(?:header|multivalueheader|querystring|multivaluequerystring|path|body)|stageVariables|context)\.?(.*)$/s;

const joined = (values: readonly string[] | undefined): string | undefined =>
  values && values.length > 0 ? values.join(",") : undefined;

/** A text in single quotes. */
export const quoted = (source: string): string | undefined => /^'(.*)'$/s.exec(source)?.[1];

/** What stands at a dotted path of a JSON text; all of it where there is no path. */
export const textAt = (body: string, path: string): string | undefined => {
  if (path === "") return body;
  try {
    const document: unknown = JSON.parse(body);
    return isJsonObject(document) ? asText(valueAt(document, path)) : undefined;
  } catch {
    // AWS: a body that is no JSON has nothing in it.
    return undefined;
  }
};

/** A value as texts carry it. */
export const asText = (value: JsonValue | undefined): string | undefined => {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
};
