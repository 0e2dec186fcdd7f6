import { STATUS_CODES } from "node:http";
import { Readable } from "node:stream";
import { WebSocketServer } from "ws";
import { errorMessage, NotImplemented } from "../../../../kernel/errors.ts";
import type { HttpRequest, UpgradeRequest } from "../../../../kernel/http.ts";
import { newTraceId } from "../../../../kernel/traceId.ts";
import { MAX_CONNECTIONS, MAX_MESSAGE_BYTES } from "../../limits.ts";
import type { Room } from "../../room.ts";
import type { ApiAddress } from "../address.ts";
import { eventHeaders } from "../request.ts";
import { type ChargeKey, connectKey, KEY_REFUSALS } from "./apiKeys.ts";
import { authorizeConnect } from "./authorizeConnect.ts";
import type { Connection } from "./connections.ts";
import { createFrameGuard } from "./frameGuard.ts";
import { NOTHING } from "./routeAnswer.ts";
import { runRoute } from "./runRoute.ts";
import { serve } from "./session.ts";
import { type ConnectionFacts, connectEvent } from "./socketEvents.ts";
import { type SocketTable, socketTable } from "./socketTable.ts";
import { socketValues } from "./socketValues.ts";

const handshakes = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, clientTracking: false });

/** Answers a request for a WebSocket: connects it where `$connect` agrees, and refuses it otherwise. */
export const connect = async (
  room: Room,
  upgrade: UpgradeRequest,
  address: ApiAddress,
  chargeKey: ChargeKey,
): Promise<void> => {
  const [first = ""] = address.path.slice(1).split("/", 1);
  const table = socketTable(room, address.apiId, address.stageName ?? first);
  // A custom domain has its own way to the API.
  if (!table || (table.api.disableExecuteApiEndpoint && address.mapped === undefined)) return refuse(upgrade, 403);
  if (room.connections.size >= MAX_CONNECTIONS) return refuse(upgrade, 429);
  try {
    const facts = await agreed(room, upgrade, table, chargeKey);
    if (typeof facts === "number") return refuse(upgrade, facts);
    open(room, upgrade, facts, chargeKey);
  } catch (error) {
    refuse(upgrade, error instanceof NotImplemented ? 501 : 500, errorMessage(error));
  }
};

/** Where no route is run for a connection, no authorizer is asked for it. */
const NOBODY = { authorizer: undefined };

/** What is known of the connection, or the status that refuses it. */
const agreed = async (
  room: Room,
  upgrade: UpgradeRequest,
  table: SocketTable,
  chargeKey: ChargeKey,
): Promise<ConnectionFacts | number> => {
  const request = requestOf(upgrade);
  const sourceIp = request.remoteAddress ?? "127.0.0.1";
  const facts: ConnectionFacts = {
    connectionId: `${room.ids.mixed(15)}=`,
    apiId: table.api.apiId,
    stageName: table.stage.stageName,
    connectedAt: room.clock.now(),
    sourceIp,
    userAgent: String(request.headers["user-agent"] ?? ""),
    // Differs: with its port, since clients of the connections' API make its address of this name.
    domainName: request.host,
    authorizer: undefined,
    apiKey: undefined,
  };
  const route = table.route("$connect");
  const traceId = newTraceId(room.ids, facts.connectedAt);
  const asked = { headers: eventHeaders(request, sourceIp, traceId), rawQuery: request.rawQuery };
  const event = connectEvent(room, facts, asked);
  const decision = route ? await authorizeConnect(room, table, route, event, request, traceId) : NOBODY;
  if ("status" in decision) {
    const { status } = decision;
    room.accessLog(table, () =>
      socketValues(event, undefined, { ...NOTHING, status, refusal: STATUS_CODES[status] }, 0),
    );
    return status;
  }
  const { authorizer } = decision;
  const keyed = table.asksForKeys ? await connectKey(room, chargeKey, table, event, authorizer) : undefined;
  if (route?.route.apiKeyRequired && keyed && "refusal" in keyed) return KEY_REFUSALS[keyed.refusal].status;
  const known = { ...facts, authorizer, apiKey: keyed && "id" in keyed ? keyed : undefined };
  if (!route) return known;
  const { status } = await runRoute(room, table, route, connectEvent(room, known, asked), traceId);
  return status >= 200 && status < 300 ? known : status;
};

const MESSAGE_TOO_BIG = 1009;

const open = (
  room: Room,
  { message, socket, head }: UpgradeRequest,
  facts: ConnectionFacts,
  chargeKey: ChargeKey,
): void => {
  handshakes.handleUpgrade(message, socket, head, (webSocket) => {
    // AWS: whoever sends a frame that is too long is disconnected.
    socket.prependListener(
      "data",
      createFrameGuard(() => webSocket.close(MESSAGE_TOO_BIG, "Message too long")),
    );
    const connection: Connection = {
      ...facts,
      socket: webSocket,
      closed: new AbortController(),
      lastActiveAt: room.clock.now(),
    };
    room.connections.add(connection);
    serve(room, connection, chargeKey);
  });
};

/** Answers a handshake as an ordinary response; the connection ends with it. */
export const refuse = ({ socket }: UpgradeRequest, status: number, message = STATUS_CODES[status] ?? ""): void => {
  const body = JSON.stringify({ message });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
};

const requestOf = ({ message }: UpgradeRequest): HttpRequest => {
  const [path = "/", rawQuery = ""] = (message.url ?? "/").split("?");
  const { remoteAddress } = message.socket;
  return {
    method: message.method ?? "GET",
    host: message.headers.host ?? "",
    path,
    rawQuery,
    headers: message.headers,
    body: Readable.from([]),
    signal: new AbortController().signal,
    ...("encrypted" in message.socket ? { isSecure: true } : {}),
    ...(remoteAddress ? { remoteAddress: remoteAddress.replace(/^::ffff:/, "") } : {}),
  };
};
