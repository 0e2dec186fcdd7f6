import { createGatheredLogs, logGroupIn } from "../../../engines/gateway/gatheredLogs.ts";
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

type AccessLogParts = Pick<RoomDeps, "tasks" | "contextAs" | "account" | "partition" | "clock">;

/** AWS delivers access logs itself, whatever roles may do; so they are written as the account. */
export const createAccessLog = (parts: AccessLogParts): AccessLog => {
  const gathered = createGatheredLogs(parts, () => parts.contextAs(rootOf(parts.account, parts.partition)));
  return (entry) => {
    const { DestinationArn, Format } = entry.table.stage.accessLogSettings ?? {};
    const group = logGroupIn(DestinationArn);
    if (!group || !Format) return;
    const stream = `${entry.table.api.apiId}-${entry.table.stage.stageName.replace("$", "")}`;
    const message = formatted(Format, entry, parts.account);
    gathered({ group, stream }, [{ timestamp: parts.clock.now(), message }]);
  };
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
