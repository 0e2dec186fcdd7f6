import type { PipeEnrichmentHttpParameters, PipeTargetHttpParameters } from "@aws-sdk/client-pipes";
import { destinationCall } from "../../../engines/connections/destinationCall.ts";
import { CallRefused, callHttp, checkAnswer, type HttpParameters } from "../../../engines/gateway/httpCall.ts";
import { invokeApi } from "../../../engines/gateway/invokeApi.ts";
import { filled } from "../../../engines/gateway/pathValues.ts";
import { AwsError, errorMessage, isRefusal } from "../../../kernel/errors.ts";
import { rootOf } from "../../../kernel/principal.ts";
import { endpointKind } from "../definition/endpoint.ts";
import type { Execution } from "./execution.ts";
import { type PipeEvent, parameterOf } from "./transform.ts";

/** Sends one event to an API destination or an API of API Gateway; answers the body of the answer. */
export const askEndpoint = async (
  execution: Execution,
  arn: string,
  payload: string,
  parameters: HttpParameters,
): Promise<string> => {
  const ask = endpointKind(arn) === "apiDestination" ? askDestination : askApi;
  const { status, body } = await ask(execution, arn, payload, parameters);
  checkAnswer(status, `${arn} answered ${status}.`);
  return body;
};

interface Answer {
  readonly status: number;
  readonly body: string;
}

const askApi = async ({ room, ctx, signal }: Execution, arn: string, payload: string, http: HttpParameters) =>
  answered(invokeApi(room, { arn, http, payload, credentials: room.credentialsFor(ctx.principal) }, signal), signal);

/** AWS: the pipe's role needs only to be allowed to invoke the destination; EventBridge reads its own secret. */
const askDestination = async (execution: Execution, arn: string, payload: string, http: HttpParameters) => {
  const { room, ctx, signal } = execution;
  await ctx.authorize([{ action: "events:InvokeApiDestination", resource: arn }]);
  const owner = room.contextAs(rootOf(room.account, room.partition));
  const [, Name = ""] = /api-destination\/([^/]+)/.exec(arn) ?? [];
  const found = await owner.call("events", "DescribeApiDestination", { Name });
  const { ConnectionArn: connectionArn = "", InvocationEndpoint = "", HttpMethod: method = "POST" } = found;
  const [, connection = ""] = /:connection\/([^/]+)/.exec(connectionArn) ?? [];
  const described = await owner.call("events", "DescribeConnection", { Name: connection });
  const { AuthorizationType: authorizationType, ConnectionState, SecretArn } = described;
  if (ConnectionState !== "AUTHORIZED" || authorizationType === undefined)
    throw new CallRefused("NO_PERMISSIONS", `The connection ${connectionArn} is not authorized.`);
  const { SecretString = "{}" } = await owner.call("secretsmanager", "GetSecretValue", { SecretId: SecretArn });
  const secret = JSON.parse(SecretString);
  const tokenFor = () => room.tokens.of(connectionArn, secret, signal);
  const call = await destinationCall({ payload, ...http, authorizationType, secret, tokenFor });
  await room.turns.wait(arn, found.InvocationRateLimitPerSecond ?? 1, signal);
  const url = filled(InvocationEndpoint, http.pathValues ?? []);
  const answer = await answered(callHttp(room, { ...call, url, method }, signal), signal);
  if (answer.status === 401 || answer.status === 407) room.tokens.drop(connectionArn);
  return answer;
};

/** The whole answer; what breaks on the way is a failure like any other. */
const answered = async (asked: Promise<Response>, signal: AbortSignal): Promise<Answer> => {
  try {
    const answer = await asked;
    return { status: answer.status, body: await answer.text() };
  } catch (error) {
    if (signal.aborted || isRefusal(error)) throw error;
    throw new AwsError("SDK_CLIENT_ERROR", errorMessage(error));
  }
};

/** What an event says of how it is asked with: paths among a pipe's parameters are looked up in it. */
export const httpParametersOf = (
  given: PipeEnrichmentHttpParameters | PipeTargetHttpParameters = {},
  event: PipeEvent,
): HttpParameters => ({
  pathValues: (given.PathParameterValues ?? []).map((value) => parameterOf(value, event) ?? ""),
  headers: valuesIn(given.HeaderParameters, event),
  query: valuesIn(given.QueryStringParameters, event),
});

const valuesIn = (given: Readonly<Record<string, string>> = {}, event: PipeEvent): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      const found = parameterOf(value, event);
      return found === undefined ? [] : [[parameterOf(name, event) ?? name, found]];
    }),
  );
