import { isJsonObject } from "../../kernel/json.ts";
import { type AuthorizationType, added, authorizationHeaders, type ConnectionSecret } from "./secret.ts";

/** What goes to an API destination, and who says so. */
export interface DestinationEvent {
  readonly payload: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly authorizationType: AuthorizationType;
  readonly secret: ConnectionSecret;
  readonly tokenFor: () => Promise<string>;
}

/**
 * What an API destination is asked with: AWS: what the connection says counts more than what the target says.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export const destinationCall = async ({ payload, headers, query, secret, ...who }: DestinationEvent) => {
  const more = secret.invocation_http_parameters;
  return {
    headers: {
      "content-type": "application/json; charset=utf-8",
      range: "bytes=0-1048575",
      ...headers,
      ...added(more, "header_parameters"),
      ...(await authorizationHeaders(who.authorizationType, secret, who.tokenFor)),
    },
    query: { ...query, ...added(more, "query_string_parameters") },
    body: withParameters(payload, added(more, "body_parameters")),
  };
};

/** AWS: a connection's body parameters join an event that is an object. */
const withParameters = (payload: string, parameters: Record<string, string>): string => {
  if (Object.keys(parameters).length === 0) return payload;
  const event: unknown = JSON.parse(payload);
  return isJsonObject(event) ? JSON.stringify({ ...event, ...parameters }) : payload;
};
