import { added, authorizationHeaders } from "../../../engines/connections/secret.ts";
import type { Context } from "../../../kernel/context.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import type { ApiDestinationRecord, ConnectionRecord, DeliveryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { tokenFor } from "./authorize.ts";
import { readSecret } from "./connectionSecret.ts";
import { CallRefused, callHttp, checkAnswer } from "./httpCall.ts";
import { filled } from "./pathValues.ts";

/**
 * Sends an event to an API destination, as the target's role.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export const invokeApiDestination = async (
  room: Room,
  ctx: Context,
  { target, payload }: DeliveryRecord,
  signal: AbortSignal,
): Promise<void> => {
  await ctx.authorize([{ action: "events:InvokeApiDestination", resource: target.arn }]);
  const destination = [...room.apiDestinations.range()].find(({ value }) => value.arn === target.arn)?.value;
  if (!destination) throw new CallRefused("RESOURCE_NOT_FOUND", `The API destination ${target.arn} does not exist.`);
  const connection = connectionBy(room, destination.connectionArn);
  if (connection?.state !== "AUTHORIZED")
    throw new CallRefused("NO_PERMISSIONS", `The connection ${destination.connectionArn} is not authorized.`);
  const kept = await readSecret(room, connection);
  const more = kept.invocation_http_parameters;
  const call = {
    url: filled(destination.endpoint, target.http?.pathValues ?? []),
    method: destination.method,
    // AWS: what the connection says counts more than what the target says.
    headers: {
      "content-type": "application/json; charset=utf-8",
      range: "bytes=0-1048575",
      ...target.http?.headers,
      ...added(more, "header_parameters"),
      ...(await authorizationHeaders(connection.authorizationType, kept, () => tokenFor(room, connection, signal))),
    },
    query: { ...target.http?.query, ...added(more, "query_string_parameters") },
    body: withParameters(payload, added(more, "body_parameters")),
  };
  await turn(room, destination, signal);
  const answer = await callHttp(room, call, signal);
  await answer.arrayBuffer();
  check(room, connection, answer.status);
};

export const connectionBy = (room: Pick<Room, "connections">, arn: string): ConnectionRecord | undefined => {
  const connection = room.connections.get(arn.split(":connection/")[1]?.split("/")[0] ?? "");
  return connection?.arn === arn ? connection : undefined;
};

/** AWS: a connection's body parameters join an event that is an object. */
const withParameters = (payload: string, parameters: Record<string, string>): string => {
  if (Object.keys(parameters).length === 0) return payload;
  const event: unknown = JSON.parse(payload);
  return isJsonObject(event) ? JSON.stringify({ ...event, ...parameters }) : payload;
};

/** Waits until the destination's rate allows one more. */
const turn = async (room: Room, { arn, ratePerSecond }: ApiDestinationRecord, signal: AbortSignal): Promise<void> => {
  const now = room.clock.now();
  const at = Math.max(now, room.nextInvocationAt.get(arn) ?? 0);
  room.nextInvocationAt.set(arn, at + 1000 / ratePerSecond);
  if (at > now) await room.clock.sleep(at - now, signal);
};

/** AWS: a token that was refused is not shown again. */
const check = (room: Room, { arn }: ConnectionRecord, status: number): void => {
  if (status === 401 || status === 407) room.tokens.delete(arn);
  checkAnswer(status, `The API destination answered ${status}.`);
};
