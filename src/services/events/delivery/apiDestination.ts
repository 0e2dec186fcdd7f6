import { destinationCall } from "../../../engines/connections/destinationCall.ts";
import { CallRefused, callHttp, checkAnswer } from "../../../engines/gateway/httpCall.ts";
import { filled } from "../../../engines/gateway/pathValues.ts";
import type { Context } from "../../../kernel/context.ts";
import type { ConnectionRecord, DeliveryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { readSecret } from "./connectionSecret.ts";

/** Sends an event to an API destination, as the target's role. */
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
  const secret = await readSecret(room, connection);
  const call = await destinationCall({
    payload,
    headers: target.http?.headers,
    query: target.http?.query,
    authorizationType: connection.authorizationType,
    secret,
    tokenFor: () => room.tokens.of(connection.arn, secret, signal),
  });
  await room.turns.wait(destination.arn, destination.ratePerSecond, signal);
  const url = filled(destination.endpoint, target.http?.pathValues ?? []);
  const { status } = await answered(callHttp(room, { ...call, url, method: destination.method }, signal));
  // AWS: a token that was refused is not shown again.
  if (status === 401 || status === 407) room.tokens.drop(connection.arn);
  checkAnswer(status, `The API destination answered ${status}.`);
};

/** An answer that has been read to its end. */
const answered = async (asked: Promise<Response>): Promise<Response> => {
  const answer = await asked;
  await answer.arrayBuffer();
  return answer;
};

export const connectionBy = (room: Pick<Room, "connections">, arn: string): ConnectionRecord | undefined => {
  const connection = room.connections.get(arn.split(":connection/")[1]?.split("/")[0] ?? "");
  return connection?.arn === arn ? connection : undefined;
};
