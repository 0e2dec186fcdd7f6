import { functionIn } from "../../../../engines/gateway/integrationTarget.ts";
import { decideInvoke } from "../../../../engines/gateway/invokePolicy.ts";
import { AwsError, errorCode, NotImplemented } from "../../../../kernel/errors.ts";
import type { HttpRequest } from "../../../../kernel/http.ts";
import { isJsonObject, type JsonObject } from "../../../../kernel/json.ts";
import { MAX_SOCKET_INTEGRATION_TIMEOUT_MS } from "../../limits.ts";
import type { AuthorizerRecord } from "../../records.ts";
import type { Room } from "../../room.ts";
import { apiArn } from "../addresses.ts";
import { inRole } from "../gatewayFor.ts";
import type { SocketEvent } from "./socketEvents.ts";
import type { SocketRoute, SocketTable } from "./socketTable.ts";

/** Whether a client may connect: what later events tell of it, or the status it gets instead. */
export type ConnectDecision = { readonly authorizer: JsonObject | undefined } | { readonly status: number };

/** Asks the authorizer of `$connect`. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html */
export const authorizeConnect = async (
  room: Room,
  table: SocketTable,
  { route, authorizer }: SocketRoute,
  event: SocketEvent,
  request: HttpRequest,
  traceId: string,
): Promise<ConnectDecision> => {
  const methodArn = `${apiArn(room, table.api.apiId)}/${table.stage.stageName}/$connect`;
  switch (route.authorizationType ?? "NONE") {
    case "NONE":
      return { authorizer: undefined };
    case "AWS_IAM":
      return bySignature(room, request, methodArn);
    case "CUSTOM":
      return authorizer ? byFunction(room, table, authorizer, event, { methodArn, traceId }) : { status: 500 };
    default:
      throw new NotImplemented(`WebSocket API authorization of the type ${route.authorizationType}`);
  }
};

const bySignature = async (room: Room, request: HttpRequest, resource: string): Promise<ConnectDecision> => {
  try {
    const principal = await room.signedCaller(request, Buffer.alloc(0), "execute-api", (principal) => ({
      ctx: room.contextAs(principal),
      requests: [{ action: "execute-api:Invoke", resource, resourceAccount: room.account }],
    }));
    return { authorizer: "userId" in principal ? { principalId: principal.userId } : undefined };
  } catch (error) {
    if (error instanceof AwsError || errorCode(error).startsWith("AccessDenied")) return { status: 403 };
    throw error;
  }
};

const byFunction = async (
  room: Room,
  { api, stage }: SocketTable,
  authorizer: AuthorizerRecord,
  event: SocketEvent,
  { methodArn, traceId }: { readonly methodArn: string; readonly traceId: string },
): Promise<ConnectDecision> => {
  const sources = authorizer.identitySource ?? [];
  // AWS: without what identifies a caller, the function is not even asked.
  if (sources.some((source) => !identityIn(event, source))) return { status: 401 };
  const sourceArn = `${apiArn(room, api.apiId)}/authorizers/${authorizer.authorizerId}`;
  const self = room
    .contextAs({ kind: "service", account: room.account, service: "apigateway.amazonaws.com", sourceArn })
    .traced(traceId);
  try {
    const { call } = await inRole(self, authorizer.authorizerCredentialsArn);
    const FunctionName = functionIn(authorizer.authorizerUri ?? "", stage.stageVariables);
    const Payload = Buffer.from(JSON.stringify({ type: "REQUEST", methodArn, ...event }));
    const asked = call("lambda", "Invoke", { FunctionName, Payload });
    const output = await room.timeouts.race(asked, MAX_SOCKET_INTEGRATION_TIMEOUT_MS, undefined);
    if (!output) return { status: 500 };
    const text = output.Payload instanceof Uint8Array ? Buffer.from(output.Payload).toString() : "";
    // AWS: a function that fails with this word refuses a caller; with any other it fails the request.
    if (output.FunctionError !== undefined) return { status: /"errorMessage":"Unauthorized"/.test(text) ? 401 : 500 };
    return verdict(JSON.parse(text), methodArn);
  } catch {
    // An authorizer that cannot be called, or answers no JSON, lets nobody through.
    return { status: 500 };
  }
};

const verdict = (answer: unknown, methodArn: string): ConnectDecision => {
  if (!isJsonObject(answer) || !isJsonObject(answer["policyDocument"])) return { status: 500 };
  if (decideInvoke(answer["policyDocument"], methodArn) !== "allowed") return { status: 403 };
  const context = isJsonObject(answer["context"]) ? answer["context"] : {};
  return { authorizer: { ...context, principalId: String(answer["principalId"] ?? "") } };
};

/** `route.request.header.NAME`, `route.request.querystring.NAME` */
const identityIn = (event: SocketEvent, source: string): unknown => {
  const [, kind, name = ""] = /^route\.request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  const values = event[kind === "header" ? "headers" : "queryStringParameters"];
  if (!isJsonObject(values)) return undefined;
  if (kind !== "header") return values[name];
  return Object.entries(values).find(([header]) => header.toLowerCase() === name.toLowerCase())?.[1];
};
