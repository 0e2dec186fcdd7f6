import { type Invocation, type InvocationResult, Throttled } from "../../../engines/function/spec.ts";
import { AwsError, errorCode, NotImplemented } from "../../../kernel/errors.ts";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";
import type { Principal } from "../../../kernel/principal.ts";
import { newTraceId, segmentOf, within } from "../../../kernel/traceId.ts";
import { chooseVersion } from "../choose.ts";
import { functionArn } from "../find.ts";
import { MAX_SYNC_PAYLOAD_BYTES } from "../limits.ts";
import { enterChain } from "../lineage.ts";
import { policyDocument } from "../policy.ts";
import type { UrlRecord } from "../records.ts";
import { responseStream } from "../responseStream.ts";
import type { Room } from "../room.ts";
import { runVersion } from "../runVersion.ts";
import type { UrlAddress } from "./address.ts";
import { preflight, withCors } from "./urlCors.ts";
import { urlEvent } from "./urlEvent.ts";
import { BAD_GATEWAY, FORBIDDEN, PRELUDE_TYPE, streamedResponse, urlRefusal, urlResponse } from "./urlResponse.ts";

/** Answers a request to a function URL of this room. */
export const answerUrl = async (
  room: Room,
  url: UrlRecord,
  http: HttpRequest,
  address: UrlAddress,
): Promise<HttpResponse> => {
  const requestId = room.ids.uuid();
  const startedAt = room.clock.now();
  const traceId = newTraceId(room.ids, startedAt);
  const answered =
    preflight(url.cors, http) ??
    withCors(url.cors, http, await called(room, url, http, address, { requestId, traceId }));
  tellUrl(room, url.functionName, answered.status, startedAt);
  room.served({
    service: "lambda",
    operation: `${http.method} ${http.path} (URL of ${url.functionName})`,
    resource: functionArn(room, url.functionName, url.qualifier || undefined),
    principal: { kind: "anonymous", account: room.account },
    requestId,
    traceId,
    segment: segmentOf(requestId),
    startedAt,
    status: answered.status,
  });
  return { ...answered, headers: { "x-amzn-requestid": requestId, ...answered.headers } };
};

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
const tellUrl = ({ gauge, clock }: Room, name: string, status: number, startedAt: number): void => {
  gauge.tell(name, "UrlRequestCount");
  gauge.tell(name, "UrlRequestLatency", clock.now() - startedAt);
  gauge.tell(name, "Url4xxCount", status >= 400 && status < 500 ? 1 : 0);
  gauge.tell(name, "Url5xxCount", status >= 500 ? 1 : 0);
};

const called = async (
  room: Room,
  url: UrlRecord,
  http: HttpRequest,
  address: UrlAddress,
  { requestId, traceId }: { readonly requestId: string; readonly traceId: string },
): Promise<HttpResponse> => {
  const body = await readBounded(http);
  if (!body) return urlRefusal(413, { Message: "Request Entity Too Large" }, "RequestEntityTooLargeException");
  const asked = await callerOf(room, url, http, body);
  if ("refusal" in asked) return asked.refusal;
  const event = urlEvent(room, http, address, { requestId, traceId, body, caller: asked.principal });
  try {
    return await invoked(room, url, { requestId, traceId, payload: JSON.stringify(event) });
  } catch (error) {
    if (error instanceof Throttled) {
      const refusal = { Reason: error.reason, Type: "User", message: error.message };
      return urlRefusal(429, refusal, "TooManyRequestsException");
    }
    if (error instanceof NotImplemented) return urlRefusal(501, { Message: error.message });
    throw error;
  }
};

const invoked = async (
  room: Room,
  { functionName: name, qualifier, invokeMode }: UrlRecord,
  event: { readonly requestId: string; readonly traceId: string; readonly payload: string },
): Promise<HttpResponse> => {
  const reference = { name, qualifier: qualifier || undefined };
  const ctx = room.contextAs({ kind: "service", account: room.account, service: "lambda.amazonaws.com" });
  const chosen = chooseVersion(room, ctx, reference);
  const traceId = enterChain(room, chosen.record, within(event.traceId, segmentOf(event.requestId)), []);
  const invocation = { ...event, traceId, invokedFunctionArn: functionArn(room, name, reference.qualifier) };
  const run = (listen: Pick<Invocation, "onChunk"> = {}) =>
    runVersion(room, chosen, reference.qualifier, { ...invocation, ...listen });
  if (invokeMode === "RESPONSE_STREAM") {
    const stream = await responseStream(run);
    return (await failedAtOnce(stream)) ? BAD_GATEWAY : streamedResponse(stream.contentType, stream.chunks);
  }
  const result = await run();
  if (result.outcome === "error") return BAD_GATEWAY;
  // A streaming function that is not asked to stream has its whole answer collected.
  if (result.contentType === PRELUDE_TYPE) return streamedResponse(PRELUDE_TYPE, once(result.payload));
  return urlResponse(result.payload.toString());
};

/** Whether a function failed before it had written anything; after that its answer is only cut short. */
const failedAtOnce = async (stream: Awaited<ReturnType<typeof responseStream>>): Promise<boolean> => {
  if (stream.chunks.readableLength > 0) {
    stream.result.catch(() => undefined);
    return false;
  }
  const result: InvocationResult = await stream.result;
  return result.outcome === "error";
};

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

type Asked = { readonly principal: Principal | undefined } | { readonly refusal: HttpResponse };

/** Who calls: nobody in particular, where the function's policy lets everybody; else whoever signed, if they may. */
const callerOf = async (room: Room, url: UrlRecord, http: HttpRequest, body: Buffer): Promise<Asked> => {
  const { functionName: name, qualifier, authType } = url;
  const policy = room.policies.get([name, qualifier]);
  // Differs: the newer second statement, for lambda:InvokeFunction, is not asked for.
  if (authType === "NONE" && !policy?.head) {
    return policy?.statements.some(isPublic) ? { principal: undefined } : { refusal: FORBIDDEN };
  }
  const requests = [
    {
      action: "lambda:InvokeFunctionUrl",
      resource: functionArn(room, name, qualifier || undefined),
      conditions: { "lambda:FunctionUrlAuthType": authType, "lambda:FunctionArn": functionArn(room, name) },
      resourceAccount: room.account,
      ...(policy ? { resourcePolicy: policyDocument(policy) } : {}),
    },
  ];
  try {
    if (authType === "NONE") {
      await room.contextAs({ kind: "anonymous", account: room.account }).authorize(requests);
      return { principal: undefined };
    }
    const asCaller = (principal: Principal) => ({ ctx: room.contextAs(principal), requests });
    return { principal: await room.signedCaller(http, body, "lambda", asCaller) };
  } catch (error) {
    const refused = error instanceof AwsError || errorCode(error).startsWith("AccessDenied");
    if (error instanceof NotImplemented || !refused) throw error;
    return { refusal: FORBIDDEN };
  }
};

/** Whether a permission lets everybody call a URL without signatures. */
const isPublic = ({ Principal, Action, Condition = {} }: JsonObject): boolean =>
  Principal === "*" &&
  ["lambda:InvokeFunctionUrl", "lambda:*", "*"].includes(String(Action)) &&
  Object.values(isJsonObject(Condition) ? Condition : {}).every((test) =>
    Object.entries(isJsonObject(test) ? test : {}).every(
      ([key, value]) => key === "lambda:FunctionUrlAuthType" && value === "NONE",
    ),
  );

/** The request's body, or undefined when it is larger than Lambda takes. */
const readBounded = async ({ body, headers }: HttpRequest): Promise<Buffer | undefined> => {
  if (Number(header(headers, "content-length") ?? 0) > MAX_SYNC_PAYLOAD_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MAX_SYNC_PAYLOAD_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
