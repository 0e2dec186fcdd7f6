import { canBeSent, type HttpResponse } from "../../../kernel/http.ts";
import { isJsonObject, type JsonObject } from "../../../kernel/json.ts";

/** What Lambda itself answers. */
export const urlRefusal = (status: number, body: object | string, errorType?: string): HttpResponse => ({
  status,
  headers: {
    "content-type": typeof body === "string" ? "text/plain" : "application/json",
    ...(errorType ? { "x-amzn-errortype": errorType } : {}),
  },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

export const BAD_GATEWAY = urlRefusal(502, "Internal Server Error", "InternalServerException");
export const FORBIDDEN = urlRefusal(
  403,
  {
    Message:
      "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  },
  "AccessDeniedException",
);
/** AWS: what is said of a URL that is not there. */
export const NO_SUCH_URL = urlRefusal(403, { Message: null }, "AccessDeniedException");

/** The content type by which a streaming function says that its answer begins with a prelude. */
export const PRELUDE_TYPE = "application/vnd.awslambda.http-integration-response";
/** What parts a prelude from the body. */
const PRELUDE_END = Buffer.alloc(8);
/** More than this before the end is no prelude. */
const MAX_PRELUDE_BYTES = 64 * 1024;

/**
 * The response a function's answer stands for; one without a status is the body itself.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export const urlResponse = (payload: string): HttpResponse => {
  const answer = parsed(payload);
  if (answer === undefined) return BAD_GATEWAY;
  if (isJsonObject(answer) && "statusCode" in answer) return fullResponse(answer);
  // AWS: a text is sent without its quotation marks, all else as JSON without spaces.
  return {
    status: 200,
    headers: { "content-type": "application/json" },
    body: typeof answer === "string" ? answer : JSON.stringify(answer),
  };
};

const fullResponse = (answer: JsonObject): HttpResponse => {
  const head = headOf(answer);
  const body = answer["body"] ?? "";
  if (!head) return BAD_GATEWAY;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { ...head, body: answer["isBase64Encoded"] === true ? Buffer.from(text, "base64") : text };
};

/** Status and headers, as both kinds of answers have them. */
const headOf = (answer: JsonObject): Omit<HttpResponse, "body"> | undefined => {
  const status = Number(answer["statusCode"] ?? 200);
  const { headers: given, cookies } = answer;
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  const headers: Record<string, string | string[]> = {
    "content-type": "application/json",
    ...Object.fromEntries(
      Object.entries(isJsonObject(given) ? given : {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
  };
  if (Array.isArray(cookies) && cookies.length > 0) headers["set-cookie"] = cookies.map(String);
  // What concerns the connection is the server's own; the length is counted anew.
  for (const name of ["connection", "transfer-encoding", "content-length"]) delete headers[name];
  return canBeSent(headers) ? { status, headers } : undefined;
};

/** A streamed answer: the head comes from its prelude, when it has one, as soon as that is whole. */
export const streamedResponse = async (
  contentType: string,
  chunks: AsyncIterable<Uint8Array>,
): Promise<HttpResponse> => {
  if (contentType !== PRELUDE_TYPE) return { status: 200, headers: { "content-type": contentType }, body: chunks };
  const iterator = chunks[Symbol.asyncIterator]();
  let read: Buffer = Buffer.alloc(0);
  let end = -1;
  while (end < 0 && read.length < MAX_PRELUDE_BYTES) {
    const { done, value } = await iterator.next();
    if (done) break;
    read = Buffer.concat([read, value]);
    end = read.indexOf(PRELUDE_END);
  }
  const prelude = end < 0 ? undefined : parsed(read.toString("utf8", 0, end));
  const head = isJsonObject(prelude) ? headOf(prelude) : undefined;
  if (!head) return BAD_GATEWAY;
  return { ...head, body: remaining(read.subarray(end + PRELUDE_END.length), iterator) };
};

async function* remaining(first: Buffer, iterator: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  if (first.length > 0) yield first;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
}

const parsed = (payload: string): unknown => {
  try {
    return JSON.parse(payload);
  } catch {
    // A custom runtime may answer anything.
    return undefined;
  }
};
