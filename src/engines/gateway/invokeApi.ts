import { parseArn } from "../../kernel/arn.ts";
import type { TemporaryCredentials } from "../../kernel/service.ts";
import { callHttp, type HttpParameters } from "./httpCall.ts";
import { filled } from "./pathValues.ts";
import { signedHeaders } from "./signRequest.ts";

export interface ApiEvent {
  readonly arn: string;
  readonly http?: HttpParameters;
  readonly payload: string;
  /** Who signs it; nobody where absent. */
  readonly credentials?: TemporaryCredentials;
}

/**
 * Sends an event to an API of API Gateway: `API/STAGE/METHOD/PATH`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-gateway-target.html
 */
export const invokeApi = async (
  means: { readonly localAddress: (text: string) => string; readonly region: string },
  { arn, http, payload, credentials }: ApiEvent,
  signal: AbortSignal,
): Promise<Response> => {
  const { resource = "", region = means.region } = parseArn(arn) ?? {};
  const [api = "", stage = "", method = "", ...path] = resource.split("/");
  const place = [stage, ...path].join("/");
  const address = `https://${api}.execute-api.${region}.amazonaws.com/${filled(place, http?.pathValues ?? [])}`;
  const url = new URL(means.localAddress(address));
  for (const [name, value] of Object.entries(http?.query ?? {})) url.searchParams.set(name, value);
  const call = {
    url: url.href,
    method: method === "*" ? "POST" : method,
    headers: { "content-type": "application/json", ...http?.headers },
    body: payload,
  };
  const headers = credentials ? await signedHeaders({ ...call, url }, credentials, region) : call.headers;
  return callHttp(means, { ...call, query: {}, headers }, signal);
};
