import type { JsonObject } from "../../../../kernel/json.ts";
import type { Room } from "../../room.ts";
import type { ApiKey } from "./connections.ts";
import type { SocketEvent } from "./socketEvents.ts";
import type { SocketTable } from "./socketTable.ts";

/** A key that a request for a connection, or a message of one, brings to a stage. */
export interface KeyedRequest {
  readonly account: string;
  readonly region: string;
  readonly apiId: string;
  readonly stageName: string;
  /** The route that is asked for. */
  readonly method: string;
  readonly value: string;
  /** Whether it counts for the limits and the quota of the key's usage plan. */
  readonly isCounted: boolean;
}

type KeyRefusal = "INVALID_API_KEY" | "QUOTA_EXCEEDED" | "THROTTLED";

/** Charges a key to its usage plan: plans and keys are those of REST APIs. */
export type ChargeKey = (asked: KeyedRequest) => Promise<ApiKey | { readonly refusal: KeyRefusal }>;

/** How those are refused who have no key, or one that has been used too much. */
export const KEY_REFUSALS: Readonly<Record<KeyRefusal, { readonly status: number; readonly message: string }>> = {
  INVALID_API_KEY: { status: 403, message: "Forbidden" },
  QUOTA_EXCEEDED: { status: 429, message: "Limit Exceeded" },
  THROTTLED: { status: 429, message: "Too Many Requests" },
};

/**
 * The key that a request for a connection came with, charged where `$connect` is only for those with one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html#apigateway-websocket-api-apikey-selection-expressions
 */
export const connectKey = (
  room: Room,
  charge: ChargeKey,
  table: SocketTable,
  { headers }: SocketEvent,
  authorizer: JsonObject | undefined,
) => {
  const isAuthorizers = table.api.apiKeySelectionExpression === "$context.authorizer.usageIdentifierKey";
  const given = isAuthorizers ? authorizer?.["usageIdentifierKey"] : headerIn(headers, "x-api-key");
  const isCounted = table.route("$connect")?.route.apiKeyRequired ?? false;
  return charge({
    ...placeOf(room, table),
    method: "$connect",
    value: typeof given === "string" ? given : "",
    isCounted,
  });
};

/** The key of a connection, charged for a message to a route that is only for those with one. */
export const messageKey = (
  room: Room,
  charge: ChargeKey,
  table: SocketTable,
  method: string,
  apiKey: ApiKey | undefined,
) => charge({ ...placeOf(room, table), method, value: apiKey?.value ?? "", isCounted: true });

const placeOf = ({ account, region }: Room, { api, stage }: SocketTable) => ({
  account,
  region,
  apiId: api.apiId,
  stageName: stage.stageName,
});

const headerIn = (headers: SocketEvent[string] | undefined, name: string): unknown =>
  Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
