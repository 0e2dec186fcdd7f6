import type { AuthorizationType, ConnectionSecret } from "../../../engines/connections/secret.ts";
import { tokenIn, tokenQuestion } from "../../../engines/connections/token.ts";
import { askHttp } from "../../../engines/gateway/askHttp.ts";
import { StateFailure } from "../../../engines/states/failure.ts";
import { objectOf, textOf } from "../../../engines/states/values.ts";
import type { Context } from "../../../kernel/context.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import { rootOf } from "../../../kernel/principal.ts";
import { unusable, withQuery } from "./httpParts.ts";
import type { TaskPlace } from "./model.ts";

/** What a task needs of an EventBridge connection to call under its name. */
export interface Connection {
  readonly type: AuthorizationType;
  readonly secret: ConnectionSecret;
}

/** The connection that a task names. AWS: the machine's role must be allowed its use, and to read its secret. */
export const connectionFor = async (ctx: Context, args: JsonObject, { room }: TaskPlace): Promise<Connection> => {
  const place = objectOf(args, "Authentication") ?? objectOf(args, "InvocationConfig") ?? {};
  const arn = textOf(place, "ConnectionArn");
  if (arn === undefined) throw unusable(args, "The field 'Authentication' must have a 'ConnectionArn'");
  await ctx.authorize([{ action: "events:RetrieveConnectionCredentials", resource: arn }]);
  const { account, partition, contextAs } = room.deps;
  const Name = /:connection\/([^/]+)\//.exec(arn)?.[1] ?? "";
  const described = await contextAs(rootOf(account, partition)).call("events", "DescribeConnection", { Name });
  const { ConnectionArn, ConnectionState, AuthorizationType: type, SecretArn } = described;
  if (ConnectionArn !== arn || !type || ConnectionState !== "AUTHORIZED")
    throw new StateFailure("States.Http.ConnectionNotAuthorized", `The connection ${arn} is not authorized.`);
  const { SecretString = "{}" } = await ctx.call("secretsmanager", "GetSecretValue", { SecretId: SecretArn });
  return { type, secret: JSON.parse(SecretString) };
};

/** A token of the connection's authorization endpoint. */
export const tokenOf = async ({ secret }: Connection, { room, signal }: TaskPlace): Promise<string> => {
  const { url, method, headers, query, body } = tokenQuestion(secret);
  const address = new URL(room.deps.localAddress(url));
  const lists = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]]));
  const answer = await askHttp({
    url: withQuery(address, lists),
    method,
    headers,
    body: method === "GET" ? undefined : body,
    signal,
  });
  if (answer.status >= 300) throw new Error(`The authorization endpoint answered ${answer.status}.`);
  return tokenIn(JSON.parse(answer.body.toString())).value;
};
