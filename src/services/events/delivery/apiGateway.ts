import { signedHeaders } from "../../../engines/gateway/signRequest.ts";
import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import type { DeliveryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { callHttp, checkAnswer } from "./httpCall.ts";
import { filled } from "./pathValues.ts";

/**
 * Sends an event to an API of API Gateway, signed as the target's role where it has one: `API/STAGE/METHOD/PATH`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-gateway-target.html
 */
export const invokeApi = async (
  room: Room,
  ctx: Context,
  { target, payload }: DeliveryRecord,
  signal: AbortSignal,
): Promise<void> => {
  const { resource = "", region = room.region } = parseArn(target.arn) ?? {};
  const [api = "", stage = "", method = "", ...path] = resource.split("/");
  const place = [stage, ...path].join("/");
  const address = `https://${api}.execute-api.${region}.amazonaws.com/${filled(place, target.http?.pathValues ?? [])}`;
  const url = new URL(room.localAddress(address));
  for (const [name, value] of Object.entries(target.http?.query ?? {})) url.searchParams.set(name, value);
  const call = {
    url: url.href,
    method: method === "*" ? "POST" : method,
    headers: { "content-type": "application/json", ...target.http?.headers },
    body: payload,
  };
  const headers =
    target.roleArn === undefined
      ? call.headers
      : await signedHeaders({ ...call, url }, room.credentialsFor(ctx.principal), region);
  const answer = await callHttp(room, { ...call, query: {}, headers }, signal);
  await answer.arrayBuffer();
  checkAnswer(answer.status, `The API answered ${answer.status}.`);
};
