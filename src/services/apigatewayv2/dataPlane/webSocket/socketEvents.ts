import type { JsonObject } from "../../../../kernel/json.ts";
import type { Room } from "../../room.ts";
import { lastAndAll, logTime, queryPairs } from "../request.ts";
import type { Connection } from "./connections.ts";

/** What events tell of a connection, whether it is open already or about to be. */
export type ConnectionFacts = Omit<Connection, "socket" | "closed" | "lastActiveAt">;

/** The request that asks for a WebSocket. */
export interface ConnectRequest {
  readonly headers: readonly (readonly [string, string])[];
  readonly rawQuery: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html */
const requestContext = (room: Room, facts: ConnectionFacts, routeKey: string, eventType: string) => {
  const time = room.clock.now();
  const requestId = room.ids.mixed(16);
  return {
    routeKey,
    ...(facts.authorizer ? { authorizer: facts.authorizer } : {}),
    eventType,
    extendedRequestId: requestId,
    requestTime: logTime(time),
    messageDirection: "IN",
    stage: facts.stageName,
    connectedAt: facts.connectedAt,
    requestTimeEpoch: time,
    identity: {
      ...(facts.apiKey ? { apiKey: facts.apiKey.value, apiKeyId: facts.apiKey.id } : {}),
      ...(facts.userAgent ? { userAgent: facts.userAgent } : {}),
      sourceIp: facts.sourceIp,
    },
    requestId,
    domainName: facts.domainName,
    connectionId: facts.connectionId,
    apiId: facts.apiId,
  };
};

export type SocketEvent = JsonObject & { readonly requestContext: JsonObject };

export const connectEvent = (room: Room, facts: ConnectionFacts, request: ConnectRequest): SocketEvent => {
  const headers = lastAndAll(request.headers);
  const query = lastAndAll(queryPairs(request.rawQuery));
  return {
    headers: headers.last,
    multiValueHeaders: headers.all,
    ...(request.rawQuery === ""
      ? {}
      : { queryStringParameters: query.last, multiValueQueryStringParameters: query.all }),
    requestContext: requestContext(room, facts, "$connect", "CONNECT"),
    ...variablesOf(room, facts),
    isBase64Encoded: false,
  };
};

export const messageEvent = (room: Room, facts: ConnectionFacts, routeKey: string, body: string): SocketEvent => ({
  requestContext: { ...requestContext(room, facts, routeKey, "MESSAGE"), messageId: room.ids.mixed(15) },
  ...variablesOf(room, facts),
  body,
  isBase64Encoded: false,
});

export const disconnectEvent = (room: Room, facts: ConnectionFacts, code: number, reason: string): SocketEvent => {
  const headers = { Host: facts.domainName, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": "" };
  return {
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: {
      ...requestContext(room, facts, "$disconnect", "DISCONNECT"),
      disconnectStatusCode: code,
      disconnectReason: reason,
    },
    ...variablesOf(room, facts),
    isBase64Encoded: false,
  };
};

const variablesOf = (room: Room, { apiId, stageName }: ConnectionFacts) => {
  const variables = room.stages.get([apiId, stageName])?.stageVariables ?? {};
  return Object.keys(variables).length > 0 ? { stageVariables: variables } : {};
};
