import type { WebSocket } from "ws";
import type { JsonObject } from "../../../../kernel/json.ts";

/** An API key that a usage plan lets through to a stage. */
export interface ApiKey {
  readonly id: string;
  readonly value: string;
}

/** An open WebSocket of an API, and what its events tell of it. */
export interface Connection {
  readonly connectionId: string;
  readonly apiId: string;
  readonly stageName: string;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly domainName: string;
  /** What the authorizer of `$connect` said. */
  readonly authorizer: JsonObject | undefined;
  /** The key that came with the request for the connection, where the API knows it. */
  readonly apiKey: ApiKey | undefined;
  readonly socket: WebSocket;
  /** Aborts when the socket is closed. */
  readonly closed: AbortController;
  /** The last message in either direction; milliseconds since the epoch. */
  lastActiveAt: number;
}

/** The open connections of a room. They end with the process, as all sockets do. */
export interface Connections {
  readonly size: number;
  add(connection: Connection): void;
  get(apiId: string, stageName: string, connectionId: string): Connection | undefined;
  remove(connection: Connection): void;
  /** Closes an API's connections, or all. */
  closeAll(apiId?: string): void;
}

/** AWS closes with this where the API or its stage is gone. */
const GOING_AWAY = 1001;

export const createConnections = (): Connections => {
  const open = new Map<string, Connection>();
  return {
    get size() {
      return open.size;
    },
    add: (connection) => open.set(connection.connectionId, connection),
    get: (apiId, stageName, connectionId) => {
      const connection = open.get(connectionId);
      return connection?.apiId === apiId && connection.stageName === stageName ? connection : undefined;
    },
    remove: ({ connectionId }) => open.delete(connectionId),
    closeAll: (apiId) => {
      for (const connection of open.values()) {
        if (apiId === undefined || connection.apiId === apiId) connection.socket.close(GOING_AWAY, "Going away");
      }
    },
  };
};
