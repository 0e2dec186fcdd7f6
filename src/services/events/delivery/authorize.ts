import { errorMessage } from "../../../kernel/errors.ts";
import type { ConnectionRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { readSecret } from "./connectionSecret.ts";

/** Gets an OAuth connection its first token, and notes whether there was one. */
export const startAuthorizing = (room: Room, name: string): void =>
  room.tasks.spawn(`authorize the connection ${name}`, async (signal) => {
    const connection = room.connections.get(name);
    if (connection?.state !== "AUTHORIZING") return;
    try {
      await room.tokens.fresh(connection.arn, await readSecret(room, connection), signal);
      settle(room, connection, { state: "AUTHORIZED", authorizedAt: room.clock.now() });
    } catch (error) {
      if (signal.aborted) throw error;
      settle(room, connection, { state: "DEAUTHORIZED", stateReason: errorMessage(error) });
    }
  });

/** Takes up what a crash cut short. */
export const resumeAuthorizing = (room: Room): void => {
  for (const { value } of room.connections.range()) startAuthorizing(room, value.name);
};

/** A connection that was changed meanwhile is being authorized anew. */
const settle = (room: Room, asked: ConnectionRecord, outcome: Partial<ConnectionRecord>): void => {
  const connection = room.connections.get(asked.name);
  if (connection?.arn === asked.arn && connection.changedAt === asked.changedAt)
    room.connections.put(asked.name, { ...connection, ...outcome });
};
