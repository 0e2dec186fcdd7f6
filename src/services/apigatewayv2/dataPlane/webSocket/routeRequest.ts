import { isJsonObject, type JsonValue } from "../../../../kernel/json.ts";
import type { IntegrationRecord } from "../../records.ts";
import { jsonAt } from "../mapping/jsonPath.ts";
import { textOf } from "../mapping/selection.ts";
import { bodyAt } from "./messageBody.ts";
import type { SocketEvent } from "./socketEvents.ts";
import type { SocketRoute, SocketTable } from "./socketTable.ts";

/** A message, or one that asks for a connection, on its way to its route's integration. */
export interface RouteRequest {
  readonly table: SocketTable;
  readonly route: SocketRoute;
  readonly integration: IntegrationRecord;
  readonly event: SocketEvent;
  readonly traceId: string;
  /** Aborts when the integration has had its time. */
  readonly signal: AbortSignal;
}

/** The message itself; that of a connection has none. */
export const messageOf = ({ event }: Pick<RouteRequest, "event">): string => textOf(event["body"]) ?? "";

/**
 * What a mapping such as `route.request.body.x`, `context.connectionId` or `'text'` stands for.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
 */
export const mappedValue = (request: RouteRequest, source: string): string | undefined => {
  const [, kind, name = ""] = SOURCE.exec(source) ?? [];
  const { event, table } = request;
  switch (kind) {
    case "route.request.body":
      return bodyAt(messageOf(request), name);
    case "route.request.header":
      return textOf(ignoringCase(event["headers"], name));
    case "route.request.multivalueheader":
      return joined(ignoringCase(event["multiValueHeaders"], name));
    case "route.request.querystring":
      return textOf(member(event["queryStringParameters"], name));
    case "route.request.multivaluequerystring":
      return joined(member(event["multiValueQueryStringParameters"], name));
    case "stageVariables":
      return table.stage.stageVariables?.[name];
    case "context":
      return textOf(jsonAt(event.requestContext, name));
    default:
      return /^'(.*)'$/s.exec(source)?.[1];
  }
};

const SOURCE =
  /^(route\.request\.(?:body|header|multivalueheader|querystring|multivaluequerystring)|stageVariables|context)\.?(.*)$/s;

const member = (values: JsonValue | undefined, name: string): JsonValue | undefined =>
  isJsonObject(values) && Object.hasOwn(values, name) ? values[name] : undefined;

const ignoringCase = (values: JsonValue | undefined, name: string): JsonValue | undefined =>
  isJsonObject(values)
    ? Object.entries(values).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
    : undefined;

const joined = (values: JsonValue | undefined): string | undefined =>
  Array.isArray(values) ? values.map(String).join(",") : undefined;

/** What an integration's parameters put into one part of its backend's request, with what its template has set there. */
export const mappedParameters = (
  request: RouteRequest,
  kind: "header" | "path" | "querystring",
  overridden: Readonly<Record<string, string>> = {},
): Record<string, string> => {
  const prefix = `integration.request.${kind}.`;
  const mapped = Object.entries(request.integration.requestParameters ?? {}).flatMap(([key, source]) => {
    const value = key.startsWith(prefix) ? mappedValue(request, source) : undefined;
    return value === undefined ? [] : [[key.slice(prefix.length), value] as const];
  });
  return { ...Object.fromEntries(mapped), ...overridden };
};

/** `$input.params()` of templates: only who asks for a connection has any. */
export const templateParameters = ({ event }: RouteRequest) => ({
  path: {},
  querystring: texts(event["queryStringParameters"]),
  header: texts(event["headers"]),
});

const texts = (values: JsonValue | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(isJsonObject(values) ? values : {}).map(([name, value]) => [name, String(value)]));
