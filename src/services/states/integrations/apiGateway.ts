import { askHttp, type HttpQuestion } from "../../../engines/gateway/askHttp.ts";
import { signedHeaders } from "../../../engines/gateway/signRequest.ts";
import { StateFailure } from "../../../engines/states/failure.ts";
import { objectOf, textOf } from "../../../engines/states/values.ts";
import type { Context } from "../../../kernel/context.ts";
import type { JsonObject, JsonValue } from "../../../kernel/json.ts";
import { resultOfAnswer } from "./httpAnswer.ts";
import { refuseHeaders, textsIn, unusable, withQuery } from "./httpParts.ts";
import type { TaskPlace } from "./model.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html */
export const invokeApi = async (ctx: Context, args: JsonObject, place: TaskPlace): Promise<JsonValue> => {
  const given = objectOf(args, "Headers") ?? {};
  if (!Object.values(given).every(Array.isArray))
    throw unusable(args, "The value of the field 'Headers' has an invalid format");
  refuseHeaders(args, given, RESTRICTED);
  const { RequestBody: content } = args;
  const body = content === undefined || content === null ? undefined : JSON.stringify(content);
  const question: HttpQuestion = {
    url: withQuery(addressOf(args, place), textsIn(args, "QueryParameters")),
    method: textOf(args, "Method") ?? "",
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      "user-agent": "Amazon|StepFunctions|ApiGateway",
      ...(ctx.traceId === undefined ? {} : { "x-amzn-trace-id": ctx.traceId }),
      ...textsIn(args, "Headers"),
    },
    body,
    signal: place.signal,
  };
  const isSigned = (textOf(args, "AuthType") ?? "NO_AUTH") !== "NO_AUTH";
  const headers = isSigned
    ? await signedHeaders(question, place.room.deps.credentialsFor(ctx.principal), ctx.region)
    : question.headers;
  const answer = await askHttp({ ...question, headers });
  if (answer.status >= 300) throw new StateFailure(`ApiGateway.${answer.status}`, answer.body.toString());
  return resultOfAnswer(answer);
};

const RESTRICTED =
  /^(authorization|connection|content-md5|expect|host|max-forwards|proxy-authenticate|server|te|transfer-encoding|trailer|upgrade|via|www-authenticate)$/i;

/** `ID.execute-api.REGION.amazonaws.com` with the stage and the path; an API that is here is asked here. */
const addressOf = (args: JsonObject, { room }: TaskPlace): URL => {
  const [endpoint = "", stage = "", path = ""] = ["ApiEndpoint", "Stage", "Path"].map((name) => textOf(args, name));
  const parts = [endpoint, stage, path].map((part) => part.replace(/^\/+|\/+$/g, "")).filter((part) => part !== "");
  const address = /^https?:/.test(endpoint) ? parts.join("/") : `https://${parts.join("/")}`;
  const local = room.deps.localAddress(address);
  if (!URL.canParse(local)) throw unusable(args, "The value of the field 'ApiEndpoint' has an invalid format");
  return new URL(local);
};
