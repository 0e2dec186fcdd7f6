import { type HttpRequest, header } from "../../../kernel/http.ts";

type Pair = readonly [name: string, value: string];

/** The caller's headers as they were sent, with those a proxy adds; several of one name stay several. */
export const eventHeaders = (http: HttpRequest, sourceIp: string, traceId: string): readonly Pair[] => {
  const { headers, host, isSecure = false } = http;
  const forwarded = header(headers, "x-forwarded-for");
  return [
    ...sentHeaders(http).filter(([name]) => isPassedOn(name.toLowerCase())),
    ["X-Amzn-Trace-Id", traceId],
    ["X-Forwarded-For", forwarded === undefined ? sourceIp : `${forwarded}, ${sourceIp}`],
    ["X-Forwarded-Port", host.split(":")[1] ?? (isSecure ? "443" : "80")],
    ["X-Forwarded-Proto", isSecure ? "https" : "http"],
  ];
};

/** Names in the case they were sent in; where that is lost, the well known ones get the case they are written in. */
const sentHeaders = ({ headers, rawHeaders }: HttpRequest): readonly Pair[] => {
  if (rawHeaders) return pairsOf(rawHeaders);
  return Object.entries(headers).flatMap(([name, value = []]) =>
    [value].flat().map((each): Pair => [KNOWN[name] ?? name, each]),
  );
};

const pairsOf = (turns: readonly string[]): readonly Pair[] =>
  turns.flatMap((name, at): Pair[] => (at % 2 === 0 ? [[spelled(name), turns[at + 1] ?? ""]] : []));

/** AWS: this one is written in one way, however it was sent. */
const spelled = (name: string): string => (name.toLowerCase() === "authorization" ? "Authorization" : name);

const isPassedOn = (name: string): boolean => !DROPPED.has(name) && !name.startsWith("x-forwarded-");

/**
 * What concerns only the connection to us, what is set anew, and what API Gateway keeps from every backend.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const DROPPED = new Set([
  "connection",
  "content-length",
  "content-md5",
  "expect",
  "keep-alive",
  "max-forwards",
  "proxy-authenticate",
  "proxy-connection",
  "server",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "www-authenticate",
  "x-amzn-trace-id",
]);

const KNOWN: Readonly<Record<string, string>> = Object.fromEntries(
  [
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Cache-Control",
    "Content-Encoding",
    "Content-Type",
    "Cookie",
    "Host",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "Origin",
    "Pragma",
    "Range",
    "Referer",
    "User-Agent",
    "X-Api-Key",
    "X-Requested-With",
  ].map((name) => [name.toLowerCase(), name]),
);
