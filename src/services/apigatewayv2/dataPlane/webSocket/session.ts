import type { RawData } from "ws";
import { NotImplemented } from "../../../../kernel/errors.ts";
import { IDLE_TIMEOUT_MS, MAX_CONNECTION_MS, MAX_WAITING_MESSAGES } from "../../limits.ts";
import type { Room } from "../../room.ts";
import { type ChargeKey, KEY_REFUSALS, messageKey } from "./apiKeys.ts";
import type { Connection } from "./connections.ts";
import { runRoute } from "./runRoute.ts";
import { disconnectEvent, messageEvent } from "./socketEvents.ts";
import { socketTable } from "./socketTable.ts";

const GOING_AWAY = 1001;
const UNSUPPORTED_DATA = 1003;
const TRY_AGAIN_LATER = 1013;

/** Serves an open connection to its end: each message to its route, and the goodbye to `$disconnect`. */
export const serve = (room: Room, connection: Connection, chargeKey: ChargeKey): void => {
  const { socket } = connection;
  let waiting = 0;
  const take = (data: RawData, isBinary: boolean) => {
    if (socket.readyState !== socket.OPEN) return;
    // AWS: binary frames are not taken from clients.
    if (isBinary) return socket.close(UNSUPPORTED_DATA, "Binary is not supported");
    if (waiting >= MAX_WAITING_MESSAGES) return socket.close(TRY_AGAIN_LATER, "Too many messages");
    connection.lastActiveAt = room.clock.now();
    waiting += 1;
    room.tasks.spawn(`a message of ${connection.connectionId}`, async () => {
      await answer(room, connection, data.toString(), chargeKey).finally(() => {
        waiting -= 1;
      });
    });
  };
  socket.on("message", take);
  socket.on("error", () => socket.terminate());
  socket.on("close", (code, reason) => {
    connection.closed.abort();
    room.connections.remove(connection);
    room.tasks.spawn(`the end of ${connection.connectionId}`, () => sayGoodbye(room, connection, code, `${reason}`));
  });
  watch(room, connection);
};

const answer = async (room: Room, connection: Connection, message: string, chargeKey: ChargeKey): Promise<void> => {
  const table = socketTable(room, connection.apiId, connection.stageName);
  const route = table?.select(message);
  if (!table || !route) return fail(room, connection, "Forbidden");
  const { routeKey, apiKeyRequired } = route.route;
  const keyed = apiKeyRequired ? await messageKey(room, chargeKey, table, routeKey, connection.apiKey) : undefined;
  if (keyed && "refusal" in keyed) return fail(room, connection, KEY_REFUSALS[keyed.refusal].message);
  const event = messageEvent(room, connection, routeKey, message);
  try {
    const { status, body, refusal } = await runRoute(room, table, route, event);
    const requestId = String(event.requestContext["requestId"]);
    if (refusal !== undefined) return fail(room, connection, refusal, requestId);
    if (status >= 500 && body === undefined) return fail(room, connection, "Internal server error", requestId);
    if (route.answers && body !== undefined) send(room, connection, body);
  } catch (error) {
    if (!(error instanceof NotImplemented)) throw error;
    fail(room, connection, error.message);
  }
};

/** AWS tells a client of what went wrong in this form. */
const fail = (room: Room, connection: Connection, message: string, requestId = room.ids.mixed(16)): void =>
  send(room, connection, JSON.stringify({ message, connectionId: connection.connectionId, requestId }));

/** Sends to a client, if it is still there. */
export const send = (room: Room, connection: Connection, data: string | Uint8Array): void => {
  connection.lastActiveAt = room.clock.now();
  if (connection.socket.readyState === connection.socket.OPEN) connection.socket.send(data, { binary: false });
};

/** AWS: `$disconnect` is run as well as can be; nobody hears of its failure. */
const sayGoodbye = async (room: Room, connection: Connection, code: number, reason: string): Promise<void> => {
  const table = socketTable(room, connection.apiId, connection.stageName);
  const route = table?.route("$disconnect");
  if (!table || !route) return;
  try {
    await runRoute(room, table, route, disconnectEvent(room, connection, code, reason));
  } catch (error) {
    if (!(error instanceof NotImplemented)) throw error;
  }
};

/** Ends a connection that says nothing, or has lasted as long as any may, in the cloud's time. */
const watch = (room: Room, connection: Connection): void => {
  const endsAt = Math.min(connection.lastActiveAt + IDLE_TIMEOUT_MS, connection.connectedAt + MAX_CONNECTION_MS);
  room.clock.sleep(endsAt - room.clock.now(), connection.closed.signal).then(
    () => {
      const now = room.clock.now();
      const isIdle = connection.lastActiveAt + IDLE_TIMEOUT_MS <= now;
      if (isIdle || connection.connectedAt + MAX_CONNECTION_MS <= now)
        connection.socket.close(GOING_AWAY, "Going away");
      else watch(room, connection);
    },
    () => {
      // The connection has ended already.
    },
  );
};
