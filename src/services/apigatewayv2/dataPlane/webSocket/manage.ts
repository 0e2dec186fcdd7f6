import { buffer } from "node:stream/consumers";
import { AwsError, errorCode, errorMessage } from "../../../../kernel/errors.ts";
import type { HttpRequest, HttpResponse } from "../../../../kernel/http.ts";
import { MAX_MESSAGE_BYTES } from "../../limits.ts";
import type { Room } from "../../room.ts";
import type { ApiAddress } from "../address.ts";
import { apiArn } from "../addresses.ts";
import type { Connection } from "./connections.ts";
import { send } from "./session.ts";

/** The address of a connection: `/STAGE/@connections/ID`. */
const PATH = /^\/([^/]+)\/(?:@|%40)connections\/([^/]+)$/i;

/** The connection that a request to the connections' API is about. */
interface ManagedConnection {
  readonly stageName: string;
  readonly connectionId: string;
}

/** What a path says of a connection; a custom domain's mapping has named the stage already. */
export const managedConnection = ({ path, mapped, stageName }: ApiAddress): ManagedConnection | undefined => {
  const [, stage, id] = PATH.exec(mapped === undefined ? path : `/${stageName}${path}`) ?? [];
  return stage === undefined || id === undefined ? undefined : { stageName: stage, connectionId: decodedId(id) };
};

/**
 * The connections' API: sends to a client, tells of it, or disconnects it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
export const manage = async (
  room: Room,
  request: HttpRequest,
  apiId: string,
  { stageName, connectionId }: ManagedConnection,
): Promise<HttpResponse> => {
  const body = await buffer(request.body);
  try {
    await room.signedCaller(request, body, "execute-api", (principal) => ({
      ctx: room.contextAs(principal),
      requests: [
        {
          action: "execute-api:ManageConnections",
          resource: `${apiArn(room, apiId)}/${stageName}/${request.method}/@connections/${connectionId}`,
          resourceAccount: room.account,
        },
      ],
    }));
    const connection = room.connections.get(apiId, stageName, connectionId);
    if (!connection) throw new AwsError("GoneException", "", 410);
    return act(room, request.method, connection, body);
  } catch (error) {
    return refusal(error);
  }
};

const decodedId = (escaped: string): string => {
  try {
    return decodeURIComponent(escaped);
  } catch {
    // Not well escaped: no connection has such an id.
    return escaped;
  }
};

const act = (room: Room, method: string, connection: Connection, body: Buffer): HttpResponse => {
  switch (method) {
    case "POST":
      if (body.length > MAX_MESSAGE_BYTES) throw new AwsError("PayloadTooLargeException", "Payload Too Large", 413);
      send(room, connection, body);
      return { status: 200, headers: {} };
    case "DELETE":
      // Gone from now on, whenever the client answers the goodbye.
      room.connections.remove(connection);
      connection.socket.close(1000, "Connection closed by the server");
      return { status: 204, headers: {} };
    case "GET":
      return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(view(connection)) };
    default:
      throw new AwsError("ForbiddenException", "Forbidden", 403);
  }
};

const view = ({ connectedAt, lastActiveAt, sourceIp, userAgent }: Connection) => ({
  connectedAt: new Date(connectedAt).toISOString(),
  identity: { sourceIp, userAgent },
  lastActiveAt: new Date(lastActiveAt).toISOString(),
});

const refusal = (error: unknown): HttpResponse => {
  const isRefusal = error instanceof AwsError;
  if (!isRefusal && !errorCode(error).startsWith("AccessDenied")) throw error;
  const [status, code] = isRefusal ? [error.statusCode, error.code] : [403, "ForbiddenException"];
  const headers = { "content-type": "application/json", "x-amzn-errortype": code };
  return { status, headers, body: JSON.stringify({ message: errorMessage(error) }) };
};
