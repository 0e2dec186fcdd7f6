import { parseArn } from "../../../kernel/arn.ts";
import { type Clock, systemClock } from "../../../kernel/clock.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import { rootOf } from "../../../kernel/principal.ts";
import type { RoomDeps } from "../../../kernel/service.ts";
import type { RouteTable } from "./model.ts";
import { logTime } from "./request.ts";

/** A finished request, as an access log may tell of it. */
export interface AccessEntry {
  readonly http: HttpRequest;
  readonly response: HttpResponse;
  readonly table: RouteTable;
  readonly path: string;
  readonly routeKey: string | undefined;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly latencyMs: number;
}

/** Writes a stage's access log, when it has one. */
export type AccessLog = (entry: AccessEntry) => void;

/** Entries gather this long, so that a busy API is not one call for each request. */
const GATHER_MS = 50;
const MAX_WAITING = 10_000;

type AccessLogParts = Pick<RoomDeps, "tasks" | "contextAs" | "account" | "partition" | "clock">;

/** AWS delivers access logs itself, whatever roles may do; so they are written as the account. */
export const createAccessLog = (parts: AccessLogParts, machineClock: Clock = systemClock()): AccessLog => {
  const waiting = new Map<string, { timestamp: number; message: string }[]>();
  return (entry) => {
    const { DestinationArn, Format } = entry.table.stage.accessLogSettings ?? {};
    const group = parseArn(DestinationArn ?? "")
      ?.resource.replace(/^log-group:/, "")
      .replace(/:\*$/, "");
    if (!group || !Format) return;
    const event = { timestamp: parts.clock.now(), message: formatted(Format, entry, parts.account) };
    const events = waiting.get(group);
    if (events) {
      if (events.length < MAX_WAITING) events.push(event);
      return;
    }
    waiting.set(group, [event]);
    parts.tasks.spawn(`the access log ${group}`, async () => {
      await machineClock.sleep(GATHER_MS);
      const batch = waiting.get(group) ?? [];
      waiting.delete(group);
      const stream = `${entry.table.api.apiId}-${entry.table.stage.stageName.replace("$", "")}`;
      await deliver(parts.contextAs(rootOf(parts.account, parts.partition)), group, stream, batch);
    });
  };
};

const deliver = async (
  ctx: Context,
  logGroupName: string,
  logStreamName: string,
  logEvents: { timestamp: number; message: string }[],
) => {
  const put = () => ctx.call("logs", "PutLogEvents", { logGroupName, logStreamName, logEvents });
  try {
    await put();
  } catch (error) {
    if (errorCode(error) !== "ResourceNotFoundException") throw error;
    try {
      await ctx.call("logs", "CreateLogStream", { logGroupName, logStreamName });
      await put();
    } catch (again) {
      // The group itself is gone: AWS drops the log then, too.
      if (errorCode(again) !== "ResourceNotFoundException") throw again;
    }
  }
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const formatted = (format: string, entry: AccessEntry, account: string): string => {
  const values = variables(entry, account);
  return format.replace(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g, (_, name: string) => values[name] ?? "-");
};

const variables = (entry: AccessEntry, account: string): Readonly<Record<string, string | undefined>> => {
  const { http, response, table, time } = entry;
  const latency = String(Math.round(entry.latencyMs));
  const status = String(response.status);
  return {
    accountId: account,
    apiId: table.api.apiId,
    domainName: http.host.split(":")[0],
    domainPrefix: table.api.apiId,
    extendedRequestId: entry.requestId,
    httpMethod: http.method,
    "identity.sourceIp": http.remoteAddress ?? "127.0.0.1",
    "identity.userAgent": header(http.headers, "user-agent"),
    integrationLatency: latency,
    integrationStatus: status,
    "integration.status": status,
    "integration.latency": latency,
    path: entry.path,
    protocol: "HTTP/1.1",
    requestId: entry.requestId,
    requestTime: logTime(time),
    requestTimeEpoch: String(Math.floor(time / 1000)),
    responseLatency: latency,
    responseLength: String(lengthOf(response)),
    routeKey: entry.routeKey,
    stage: table.stage.stageName,
    status,
  };
};

const lengthOf = ({ body }: HttpResponse): number => {
  if (typeof body === "string") return Buffer.byteLength(body);
  return body instanceof Uint8Array ? body.length : 0;
};
