import { buffer } from "node:stream/consumers";
import { NotImplemented } from "../../../kernel/errors.ts";
import { type HttpRequest, type HttpResponse, header } from "../../../kernel/http.ts";
import { newTraceId } from "../../../kernel/traceId.ts";
import { MAX_PAYLOAD_BYTES } from "../limits.ts";
import type { Room } from "../room.ts";
import { accessValues } from "./accessValues.ts";
import type { ApiAddress } from "./address.ts";
import { authorizeRoute } from "./authorize/authorizeRoute.ts";
import { preflight, withCors } from "./cors.ts";
import { integrate } from "./integrate/integrate.ts";
import { recordIntegration, recordRequest } from "./meter.ts";
import type { RouteMatch, RouteTable } from "./model.ts";
import { type AccessNotes, type ApiRequest, eventBody, eventHeaders, logTime } from "./request.ts";
import { gatewayResponse, INTERNAL_ERROR, NOT_FOUND, TOO_MANY_REQUESTS } from "./responses.ts";
import { routeTable } from "./routeTable.ts";
import { tellServed } from "./tellServed.ts";
import { manage, managedConnection } from "./webSocket/manage.ts";

/** Answers a request for an API of this room. */
export const executeApi = async (room: Room, http: HttpRequest, address: ApiAddress): Promise<HttpResponse> => {
  const managed = managedConnection(address);
  if (managed) return manage(room, http, address.apiId, managed);
  const staged = stageOf(room, address);
  // A custom domain has its own way to the API.
  if (!staged || (staged.table.api.disableExecuteApiEndpoint && address.mapped === undefined)) {
    http.body.resume();
    return NOT_FOUND;
  }
  const requestId = room.ids.uuid();
  const cors = staged.table.api.corsConfiguration;
  const time = room.clock.now();
  const traceId = newTraceId(room.ids, time);
  const match = staged.table.match(http.method, staged.path);
  const notes: AccessNotes | undefined = staged.table.stage.accessLogSettings && {};
  const answered =
    preflight(cors, http) ??
    withCors(cors, http, await routed(room, http, address, staged, match, { requestId, traceId, notes }));
  const latencyMs = room.clock.now() - time;
  recordRequest(room, staged.table, answered.status, latencyMs);
  tellServed(room, {
    apiId: address.apiId,
    stageName: staged.stageName,
    operation: `${http.method} ${staged.path}`,
    requestId,
    traceId,
    startedAt: time,
    status: answered.status,
  });
  if (notes) {
    const known = knownOf(room, http, address, staged, { requestId, time, routeKey: match?.target.route.routeKey });
    room.accessLog(staged.table, () => accessValues(known, notes, answered, latencyMs));
  }
  return { ...answered, headers: { ...answered.headers, "apigw-requestid": requestId } };
};

/** What an access log knows of each request, whether a route was found for it or not. */
const knownOf = (
  room: Room,
  http: HttpRequest,
  { path, mapped = "" }: ApiAddress,
  { table, stageName }: Staged,
  { requestId, time, routeKey }: { readonly requestId: string; readonly time: number; routeKey: string | undefined },
) => ({
  accountId: room.account,
  apiId: table.api.apiId,
  "customDomain.basePathMatched": mapped.slice(1),
  domainName: http.host.split(":")[0] ?? "",
  domainPrefix: table.api.apiId,
  extendedRequestId: requestId,
  httpMethod: http.method,
  "identity.sourceIp": http.remoteAddress ?? "127.0.0.1",
  "identity.userAgent": header(http.headers, "user-agent") ?? null,
  path,
  protocol: "HTTP/1.1",
  requestId,
  requestTime: logTime(time),
  requestTimeEpoch: String(Math.floor(time / 1000)),
  routeKey: routeKey ?? null,
  stage: stageName,
});

interface Staged {
  readonly table: RouteTable;
  readonly stageName: string;
  /** The path without the stage: what routes are matched with. */
  readonly path: string;
}

/** AWS: the first segment names the stage; where it names none, the path is the default stage's. */
const stageOf = (room: Room, { apiId, path, stageName }: ApiAddress): Staged | undefined => {
  const [first = ""] = path.slice(1).split("/", 1);
  const named = stageName === undefined && first !== "" ? routeTable(room, apiId, decodeSegment(first)) : undefined;
  if (named) return { table: named, stageName: named.stage.stageName, path: path.slice(first.length + 1) || "/" };
  const table = routeTable(room, apiId, stageName ?? "$default");
  return table && { table, stageName: table.stage.stageName, path };
};

const decodeSegment = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not well escaped, so the name of no stage.
    return "";
  }
};

interface Identified {
  readonly requestId: string;
  readonly traceId: string;
  readonly notes: AccessNotes | undefined;
}

const routed = async (
  room: Room,
  http: HttpRequest,
  address: ApiAddress,
  { table, stageName, path: routePath }: Staged,
  match: RouteMatch | undefined,
  { requestId, traceId, notes }: Identified,
): Promise<HttpResponse> => {
  const integration = match?.target.integration;
  if (!match || !integration) {
    http.body.resume();
    return NOT_FOUND;
  }
  if (!room.throttle(table, match.target.route.routeKey)) {
    http.body.resume();
    return TOO_MANY_REQUESTS;
  }
  const sourceIp = http.remoteAddress ?? "127.0.0.1";
  const length = Number(header(http.headers, "content-length") ?? 0);
  if (length > MAX_PAYLOAD_BYTES) return gatewayResponse(413, "Request Entity Too Large");
  const bytes = http.bytes ?? (hasBody(http) ? await buffer(http.body) : EMPTY);
  if (bytes.length > MAX_PAYLOAD_BYTES) return gatewayResponse(413, "Request Entity Too Large");
  const request: ApiRequest = {
    http,
    table,
    match,
    stageName,
    path: address.path,
    routePath,
    mapped: address.mapped ?? "",
    domainName: http.host.split(":")[0] ?? "",
    accountId: room.account,
    requestId,
    time: room.clock.now(),
    sourceIp,
    headers: eventHeaders(http, sourceIp, traceId),
    bytes,
    body: eventBody(bytes, header(http.headers, "content-type")),
    ...(notes ? { notes } : {}),
  };
  if (notes) notes.request = request;
  try {
    const said = await authorizeRoute(room, request);
    if ("refusal" in said) return said.refusal;
    const begun = room.clock.now();
    const known = said.caller ? { ...request, caller: said.caller } : request;
    const integrated = await integrate(room, known, integration);
    const latencyMs = room.clock.now() - begun;
    recordIntegration(room, table, latencyMs);
    if (notes) Object.assign(notes, { request: known, integration: { response: integrated, latencyMs } });
    return integrated;
  } catch (error) {
    if (error instanceof NotImplemented) return gatewayResponse(501, error.message);
    if (error instanceof Error) return INTERNAL_ERROR;
    throw error;
  }
};

const EMPTY = Buffer.alloc(0);

const hasBody = ({ headers, method }: HttpRequest): boolean =>
  headers["transfer-encoding"] !== undefined ||
  Number(header(headers, "content-length") ?? (method === "GET" ? 0 : 1)) > 0;
