import { type HttpRequest, type HttpResponse, headerPairs } from "../../../kernel/http.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { RouteCaller, RouteMatch, RouteTable } from "./model.ts";

/** A request on its way to an integration, with what both event formats tell of it. */
export interface ApiRequest {
  readonly http: HttpRequest;
  readonly table: RouteTable;
  readonly match: RouteMatch;
  readonly stageName: string;
  /** As the caller sent it, the stage included. */
  readonly path: string;
  /** As routes see it: without the stage. */
  readonly routePath: string;
  /** What a custom domain's mapping took off the path. */
  readonly mapped: string;
  readonly domainName: string;
  readonly accountId: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly sourceIp: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: EventBody;
  /** The body as it came. */
  readonly bytes: Buffer;
  /** Who the route's authorizer found. */
  readonly caller?: RouteCaller;
  /** Takes down what an access log is to tell. */
  readonly notes?: AccessNotes;
}

/** What is noted of a request on its way, where an access log is to tell of it. */
export interface AccessNotes {
  request?: ApiRequest;
  /** Why an authorizer let nobody through. */
  authorizerError?: string;
  /** What a Lambda authorizer told of a caller, whether it let them through or not. */
  authorizerContext?: JsonObject;
  integration?: { readonly response: HttpResponse; readonly latencyMs: number };
  integrationError?: string;
}

/** A body as events carry it. */
export interface EventBody {
  readonly text: string | undefined;
  readonly isBase64Encoded: boolean;
}

/** AWS: text is passed on as it is, everything else, forms included, in base64. */
export const eventBody = (bytes: Buffer, contentType: string | undefined): EventBody => {
  if (bytes.length === 0) return { text: undefined, isBase64Encoded: false };
  return isText(contentType)
    ? { text: bytes.toString(), isBase64Encoded: false }
    : { text: bytes.toString("base64"), isBase64Encoded: true };
};

const isText = (contentType: string | undefined): boolean => {
  if (contentType === undefined) return true;
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return type.startsWith("text/") || TEXT_TYPES.has(type) || type.endsWith("+json") || type.endsWith("+xml");
};

const TEXT_TYPES = new Set(["application/json", "application/xml", "application/javascript"]);

/** The caller's headers with those a proxy adds, names in lower case; several of one name stay several. */
export const eventHeaders = (http: HttpRequest, sourceIp: string, traceId: string) => {
  const { headers, host, isSecure = false } = http;
  const pairs = headerPairs(http).filter(([name]) => !HOP_BY_HOP.has(name));
  const port = host.split(":")[1] ?? (isSecure ? "443" : "80");
  const forwarded = headers["x-forwarded-for"];
  const others = pairs.filter(([name]) => !name.startsWith("x-forwarded-") && name !== "x-amzn-trace-id");
  return [
    ...others,
    ["x-amzn-trace-id", traceId] as const,
    ["x-forwarded-for", forwarded === undefined ? sourceIp : `${forwarded}, ${sourceIp}`] as const,
    ["x-forwarded-port", port] as const,
    ["x-forwarded-proto", isSecure ? "https" : "http"] as const,
  ];
};

/** What concerns only the connection to us. */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "proxy-connection"]);

let shownSecond = Number.NaN;
let shownTime = "";

/** `12/Mar/2020:19:03:58 +0000`; made once a second. */
export const logTime = (time: number): string => {
  const second = Math.floor(time / 1000);
  if (second === shownSecond) return shownTime;
  const [, day = "", month = "", year = "", clock = ""] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(time).toUTCString()) ?? [];
  shownSecond = second;
  shownTime = `${day}/${month}/${year}:${clock} +0000`;
  return shownTime;
};

/** Decoded names and values of a query, in order. */
export const queryPairs = (rawQuery: string): (readonly [string, string])[] =>
  rawQuery === "" ? [] : [...new URLSearchParams(rawQuery)];

/** Path parameters, decoded where they can be. */
export const decodedParameters = (parameters: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decoded(value)]));

export const decoded = (text: string): string => {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not well escaped: passed on as it came.
    return text;
  }
};

/** Values of one name joined by commas. */
export const joined = (pairs: readonly (readonly [string, string])[]): Record<string, string> => {
  const record: Record<string, string> = {};
  for (const [name, value] of pairs) record[name] = Object.hasOwn(record, name) ? `${record[name]},${value}` : value;
  return record;
};

/** The last value of each name, and all of them: how format 1.0 has them. */
export const lastAndAll = (pairs: readonly (readonly [string, string])[]) => {
  const last: Record<string, string> = {};
  const all: Record<string, string[]> = {};
  for (const [name, value] of pairs) {
    last[name] = value;
    all[name] = [...(Object.hasOwn(all, name) ? (all[name] ?? []) : []), value];
  }
  return { last, all };
};
