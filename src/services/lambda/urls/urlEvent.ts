import { type HttpRequest, header, headerPairs } from "../../../kernel/http.ts";
import type { Principal } from "../../../kernel/principal.ts";
import type { Room } from "../room.ts";
import type { UrlAddress } from "./address.ts";

/** What the event tells beyond the request itself. */
export interface UrlCall {
  readonly requestId: string;
  readonly traceId: string;
  /** Who signed, where the URL asks for it. */
  readonly caller: Principal | undefined;
  readonly body: Buffer;
}

/** The event of a function URL: payload format 2.0. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads */
export const urlEvent = (room: Room, http: HttpRequest, { urlId, path }: UrlAddress, call: UrlCall): object => {
  const sourceIp = http.remoteAddress ?? "127.0.0.1";
  const headers = eventHeaders(http, sourceIp, call.traceId);
  const cookies = header(http.headers, "cookie")?.split(/;\s*/);
  const query = new URLSearchParams(http.rawQuery);
  const now = room.clock.now();
  const text = call.body.length > 0 ? eventBody(call.body, headers["content-type"]) : undefined;
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: http.rawQuery,
    ...(cookies ? { cookies } : {}),
    headers,
    ...(http.rawQuery === "" ? {} : { queryStringParameters: joined(query) }),
    requestContext: {
      accountId: call.caller ? call.caller.account : "anonymous",
      apiId: urlId,
      ...(call.caller ? { authorizer: { iam: iamCaller(call.caller) } } : {}),
      domainName: http.host.split(":")[0] ?? "",
      domainPrefix: urlId,
      http: {
        method: http.method,
        path: plainPath(path),
        protocol: "HTTP/1.1",
        sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: call.requestId,
      routeKey: "$default",
      stage: "$default",
      time: eventTime(now),
      timeEpoch: now,
    },
    ...(text ? { body: text.body } : {}),
    isBase64Encoded: text?.isBase64Encoded ?? false,
  };
};

/** AWS: here the path is told decoded and without empty parts, in `rawPath` as it came. */
const plainPath = (path: string): string => {
  const whole = path.replace(/\/{2,}/g, "/");
  try {
    return decodeURIComponent(whole);
  } catch {
    // What is no encoding stays as it is.
    return whole;
  }
};

/** AWS: text is passed on as it is, everything else in base64. */
const eventBody = (bytes: Buffer, contentType: string | undefined) => {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "text/plain";
  const isText = type.startsWith("text/") || /^application\/(json|xml|javascript)$|\+(json|xml)$/.test(type);
  return { body: bytes.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
};

/** The caller's headers, several of one name joined by commas, with those a proxy adds. */
const eventHeaders = (http: HttpRequest, sourceIp: string, traceId: string): Record<string, string> => {
  const { headers, host, isSecure = false } = http;
  const shown: Record<string, string> = {};
  for (const [name, value] of headerPairs(http)) {
    if (!LEFT_OUT.has(name)) shown[name] = Object.hasOwn(shown, name) ? `${shown[name]},${value}` : value;
  }
  const forwarded = header(headers, "x-forwarded-for");
  return {
    ...shown,
    "x-amzn-trace-id": traceId,
    "x-forwarded-for": forwarded === undefined ? sourceIp : `${forwarded}, ${sourceIp}`,
    "x-forwarded-port": host.split(":")[1] ?? (isSecure ? "443" : "80"),
    "x-forwarded-proto": isSecure ? "https" : "http",
  };
};

/** Cookies have a place of their own; the others concern only the connection to us. */
const LEFT_OUT = new Set(["cookie", "connection", "keep-alive", "transfer-encoding", "upgrade", "proxy-connection"]);

const joined = (query: URLSearchParams): Record<string, string> => {
  const values: Record<string, string> = {};
  for (const name of new Set(query.keys())) values[name] = query.getAll(name).join(",");
  return values;
};

const iamCaller = (principal: Principal) => ({
  accessKey: "accessKeyId" in principal ? (principal.accessKeyId ?? null) : null,
  accountId: principal.account,
  callerId: "userId" in principal ? principal.userId : null,
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: "arn" in principal ? principal.arn : null,
  userId: "userId" in principal ? principal.userId : null,
});

/** `12/Mar/2020:19:03:58 +0000` */
const eventTime = (time: number): string => {
  const [, day, month, year, clock] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(time).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
};
