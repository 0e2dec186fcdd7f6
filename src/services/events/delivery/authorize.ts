import { tokenIn, tokenQuestion } from "../../../engines/connections/token.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { TOKEN_LIFE_SECONDS } from "../limits.ts";
import type { ConnectionRecord } from "../records.ts";
import type { AccessToken, Room } from "../room.ts";
import { readSecret } from "./connectionSecret.ts";
import { callHttp } from "./httpCall.ts";

/** Gets an OAuth connection its first token, and notes whether there was one. */
export const startAuthorizing = (room: Room, name: string): void =>
  room.tasks.spawn(`authorize the connection ${name}`, async (signal) => {
    const connection = room.connections.get(name);
    if (connection?.state !== "AUTHORIZING") return;
    try {
      await freshToken(room, connection, signal);
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

/** The token to show: the one at hand while it is good, else a new one. */
export const tokenFor = async (room: Room, connection: ConnectionRecord, signal: AbortSignal): Promise<string> => {
  const known = room.tokens.get(connection.arn);
  if (known && known.expiresAt > room.clock.now()) return known.value;
  return (await freshToken(room, connection, signal)).value;
};

const freshToken = async (room: Room, connection: ConnectionRecord, signal: AbortSignal): Promise<AccessToken> => {
  const answer = await callHttp(room, tokenQuestion(await readSecret(room, connection)), signal);
  if (!answer.ok) {
    await answer.arrayBuffer();
    throw new Error(`The authorization endpoint answered ${answer.status}.`);
  }
  const { value, seconds = TOKEN_LIFE_SECONDS } = tokenIn(await answer.json());
  const token = { value, expiresAt: room.clock.now() + seconds * 1000 };
  room.tokens.set(connection.arn, token);
  return token;
};
