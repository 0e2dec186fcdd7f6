import { added, authorizationHeaders, type ConnectionSecret } from "../../../engines/connections/secret.ts";
import { askHttp, type HttpAnswer, type HttpQuestion } from "../../../engines/gateway/askHttp.ts";
import { StateFailure } from "../../../engines/states/failure.ts";
import { objectOf, textOf } from "../../../engines/states/values.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import { type Connection, connectionFor, tokenOf } from "./connection.ts";
import { resultOfAnswer } from "./httpAnswer.ts";
import { formOf, refuseHeaders, textsIn, unusable, withQuery } from "./httpParts.ts";
import type { TaskPlace } from "./model.ts";

const TIMEOUT_MS = 60_000;

/** Calls an HTTP API as an EventBridge connection says. https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html */
export const invokeEndpoint = async (ctx: Context, args: JsonObject, place: TaskPlace): Promise<JsonValue> => {
  const endpoint = textOf(args, "ApiEndpoint") ?? "";
  const method = textOf(args, "Method") ?? "";
  await ctx.authorize([
    {
      action: "states:InvokeHTTPEndpoint",
      resource: place.machineArn,
      conditions: { "states:HTTPEndpoint": endpoint, "states:HTTPMethod": method },
    },
  ]);
  const connection = await connectionFor(ctx, args, place);
  const signal = AbortSignal.any([place.signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const question = await questionOf(args, connection, { ...place, signal });
  const answer = await asked({ ...question, method }, place.signal);
  if (answer.status >= 300) throw new StateFailure(`States.Http.StatusCode.${answer.status}`, answer.body.toString());
  return resultOfAnswer(answer);
};

const RESTRICTED =
  /^(a-im|accept-charset|accept-datetime|accept-encoding|cache-control|connection|content-encoding|content-md5|date|expect|forwarded|from|host|http2-settings|if-.*|max-forwards|origin|pragma|proxy-authorization|referer|server|te|trailer|transfer-encoding|upgrade|via|warning|x-forwarded-.*|x-amz-.*|x-amzn-.*)$/i;

const questionOf = async (
  args: JsonObject,
  connection: Connection,
  place: TaskPlace,
): Promise<Omit<HttpQuestion, "method">> => {
  const { secret, type } = connection;
  const address = place.room.deps.localAddress(textOf(args, "ApiEndpoint") ?? "");
  if (!URL.canParse(address)) throw unusable(args, "The value of the field 'ApiEndpoint' has an invalid format");
  const headers = textsIn(args, "Headers");
  refuseHeaders(args, headers, RESTRICTED);
  const { contentType, body } = bodyOf(args, secret);
  const more = secret.invocation_http_parameters;
  const url = withQuery(new URL(address), textsIn(args, "QueryParameters"));
  for (const [name, value] of Object.entries(added(more, "query_string_parameters"))) url.searchParams.set(name, value);
  return {
    url,
    // AWS: what the connection says counts more than what the task says.
    headers: {
      ...(body === undefined ? {} : { "content-type": contentType }),
      "user-agent": "Amazon|StepFunctions|HttpInvoke",
      range: "bytes=0-262144",
      ...headers,
      ...added(more, "header_parameters"),
      ...(await authorizationHeaders(type, secret, () => tokenOf(connection, place))),
    },
    body,
    signal: place.signal,
  };
};

/** AWS: a connection's body parameters join a body that is an object; forms are sent where the task asks for them. */
const bodyOf = (args: JsonObject, secret: ConnectionSecret) => {
  const more = added(secret.invocation_http_parameters, "body_parameters");
  const { RequestBody: given } = args;
  const content =
    Object.keys(more).length > 0 && (given === undefined || isJsonObject(given)) ? { ...given, ...more } : given;
  const transform = objectOf(args, "Transform") ?? {};
  if (content === undefined) return { contentType: "", body: undefined };
  if (textOf(transform, "RequestBodyEncoding") === "URL_ENCODED") {
    const format = textOf(objectOf(transform, "RequestEncodingOptions") ?? {}, "ArrayFormat") ?? "INDICES";
    return { contentType: "application/x-www-form-urlencoded;charset=utf-8", body: formOf(content, format) };
  }
  const body = typeof content === "string" ? content : JSON.stringify(content);
  return { contentType: "application/json;charset=utf-8", body };
};

/** AWS: what breaks on the way is the socket's failure. */
const asked = async (question: HttpQuestion, until: AbortSignal): Promise<HttpAnswer> => {
  try {
    return await askHttp(question);
  } catch (error) {
    if (until.aborted) throw error;
    throw new StateFailure("States.Http.Socket", errorMessage(error));
  }
};
