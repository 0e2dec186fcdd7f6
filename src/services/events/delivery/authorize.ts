import { errorMessage } from "../../../kernel/errors.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import { TOKEN_LIFE_SECONDS } from "../limits.ts";
import type { ConnectionRecord } from "../records.ts";
import type { AccessToken, Room } from "../room.ts";
import { readSecret, tokenMethod } from "./connectionSecret.ts";
import { added, callHttp } from "./httpCall.ts";

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
  const kept = await readSecret(room, connection);
  const { authorization_endpoint: url = "", oauth_http_parameters: more } = kept;
  const body = new URLSearchParams({
    ...added(more, "body_parameters"),
    client_id: kept.client_id ?? "",
    client_secret: kept.client_secret ?? "",
  });
  const call = {
    url,
    method: tokenMethod(kept),
    headers: { "content-type": "application/x-www-form-urlencoded", ...added(more, "header_parameters") },
    query: {
      ...added(more, "query_string_parameters"),
      ...(tokenMethod(kept) === "GET" ? Object.fromEntries(body) : {}),
    },
    body: String(body),
  };
  const answer = await callHttp(room, call, signal);
  if (!answer.ok) {
    await answer.arrayBuffer();
    throw new Error(`The authorization endpoint answered ${answer.status}.`);
  }
  const token = tokenIn(await answer.json(), room.clock.now());
  room.tokens.set(connection.arn, token);
  return token;
};

/** https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
const tokenIn = (answer: unknown, now: number): AccessToken => {
  const { access_token: value, expires_in: life } = isJsonObject(answer) ? answer : {};
  if (typeof value !== "string") throw new Error("The authorization endpoint answered without an access token.");
  return { value, expiresAt: now + (typeof life === "number" ? life : TOKEN_LIFE_SECONDS) * 1000 };
};
