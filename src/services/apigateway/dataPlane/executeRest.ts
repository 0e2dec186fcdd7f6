import { buffer } from "node:stream/consumers";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import { givenTraceId, newTraceId } from "../../../kernel/traceId.ts";
import { MAX_PAYLOAD_BYTES } from "../limits.ts";
import { isPrivate } from "../records.ts";
import type { Room } from "../room.ts";
import type { RestAddress } from "./address.ts";
import { packedAnswer, unpackedBody } from "./compression.ts";
import { eventHeaders } from "./eventHeaders.ts";
import { failed } from "./gatewayAnswer.ts";
import { guarded } from "./guard.ts";
import { createJournal } from "./journal.ts";
import { recordIntegration, recordRequest } from "./meter.ts";
import type { Ran, StagedRequest } from "./request.ts";
import { runMethod } from "./runMethod.ts";
import type { StageTable } from "./served.ts";
import { isLogged } from "./stageLogs.ts";
import { stageTable } from "./stageTable.ts";

/** AWS: what names no stage is simply forbidden. */
const FORBIDDEN: HttpResponse = {
  status: 403,
  headers: { "content-type": "application/json", "x-amzn-errortype": "ForbiddenException" },
  body: '{"message":"Forbidden"}',
};

/** Answers a request for a REST API of this room. */
export const executeRest = async (room: Room, http: HttpRequest, address: RestAddress): Promise<HttpResponse> => {
  const table = shifted(room, stageTable(room, address.apiId, address.stageName));
  const requestId = room.ids.uuid();
  const extendedRequestId = `${room.ids.mixed(15)}=`;
  const ids = { "x-amzn-requestid": requestId, "x-amz-apigw-id": extendedRequestId };
  // A custom domain has its own way to the API. There is no VPC, so nobody comes by an endpoint of one.
  if (!table || (table.api.disableExecuteApiEndpoint && address.mapped === undefined) || isPrivate(table.api)) {
    http.body.resume();
    return { ...FORBIDDEN, headers: { ...FORBIDDEN.headers, ...ids } };
  }
  const staged: StagedRequest = {
    http,
    table,
    address,
    accountId: room.account,
    requestId,
    extendedRequestId,
    time: room.clock.now(),
    sourceIp: http.remoteAddress ?? "127.0.0.1",
    domainName: http.host.split(":")[0] ?? "",
    ...(isLogged(table.stage) ? { journal: createJournal(() => room.clock.now()) } : {}),
  };
  const traceId = givenTraceId(header(http.headers, "x-amzn-trace-id")) ?? newTraceId(room.ids, staged.time);
  const traced = table.stage.tracingEnabled ? await room.tracing.begin(staged, traceId) : { traceId };
  const ran = await routed(room, staged, { given: traceId, own: traced.traceId });
  const answered = ran.answer;
  const latencyMs = room.clock.now() - staged.time;
  recordRequest(room, table, answered.status, latencyMs);
  room.served({
    service: "execute-api",
    operation: `${http.method} ${address.path}`,
    resource: `arn:${room.partition}:execute-api:${room.region}:${room.account}:${table.api.id}/${table.stage.stageName}`,
    principal: { kind: "anonymous", account: room.account },
    requestId,
    traceId,
    startedAt: staged.time,
    status: answered.status,
  });
  traced.end?.(ran);
  if (staged.journal) room.stageLogs(staged, staged.journal, answered, latencyMs);
  return { ...answered, headers: { ...ids, ...answered.headers } };
};

/** A canary's table for its part of the requests. */
const shifted = ({ ids }: Room, table: StageTable | undefined): StageTable | undefined => {
  if (!table?.canary) return table;
  const drawn = (ids.bytes(4).readUInt32BE() / 2 ** 32) * 100;
  return drawn < table.canary.percentTraffic ? table.canary.table : table;
};

interface TraceIds {
  /** As the request brought it, or was given it. */
  readonly given: string;
  /** For what it leads to. */
  readonly own: string;
}

const routed = async (room: Room, staged: StagedRequest, { given, own }: TraceIds): Promise<Ran> => {
  const { http, table, address } = staged;
  const match = table.match(http.method, address.path);
  if (!match) {
    http.body.resume();
    return { answer: failed(staged, "MISSING_AUTHENTICATION_TOKEN", "No method was found for the request") };
  }
  if (Number(header(http.headers, "content-length") ?? 0) > MAX_PAYLOAD_BYTES) {
    http.body.resume();
    return { answer: failed(staged, "REQUEST_TOO_LARGE", TOO_LARGE) };
  }
  const sent = hasBody(http) ? await buffer(http.body) : EMPTY;
  if (sent.length > MAX_PAYLOAD_BYTES) return { answer: failed(staged, "REQUEST_TOO_LARGE", TOO_LARGE) };
  const bytes = await unpackedBody(sent, header(http.headers, "content-encoding"));
  if (typeof bytes === "string") return { answer: failed(staged, bytes, UNREADABLE) };
  const headers = eventHeaders(http, staged.sourceIp, given);
  const ran = await runMethod(room, { ...staged, match, bytes, headers, traceId: own }, guarded);
  if (ran.integrationMs !== undefined) recordIntegration(room, table, ran.integrationMs);
  const { minimumCompressionSize } = table.snapshot;
  const answer = await packedAnswer(ran.answer, minimumCompressionSize, header(http.headers, "accept-encoding"));
  return { ...ran, answer, target: match.target };
};

const TOO_LARGE = "Execution failed: the request is too large";
const UNREADABLE = "Execution failed: the request's body is not what its Content-Encoding says";

const EMPTY = Buffer.alloc(0);

const hasBody = ({ headers, method }: HttpRequest): boolean =>
  headers["transfer-encoding"] !== undefined ||
  Number(header(headers, "content-length") ?? (method === "GET" ? 0 : 1)) > 0;
