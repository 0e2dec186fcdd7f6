import type { Readable } from "node:stream";
import type { ServiceName } from "../kernel/aws.ts";
import type { Dispatch } from "../kernel/dispatch.ts";
import { AwsError, NotImplemented } from "../kernel/errors.ts";
import { type FrontDoor, type HttpRequest, type HttpResponse, header } from "../kernel/http.ts";
import type { Ids } from "../kernel/ids.ts";
import { type HttpExtras, httpHeaders, httpStatus } from "../kernel/operation.ts";
import type { Principal } from "../kernel/principal.ts";
import type { AnyService, Rooms } from "../kernel/rooms.ts";
import { s3Address } from "../kernel/s3Address.ts";
import { readBody, unpacked } from "./body.ts";
import { wireError } from "./errors.ts";
import { leftQuery, protocolOf, wireFacts } from "./facts.ts";
import { modelOf, type OperationModel, type ServiceModel } from "./model.ts";
import { packedAnswer } from "./packedAnswer.ts";
import { withPresignedHeaders } from "./presignedHeaders.ts";
import type { Protocol, ProtocolRequest } from "./protocol.ts";
import { invalidAction, queryAction } from "./protocols/query.ts";
import { RequestCaller } from "./requestCaller.ts";
import { type Resolved, resolveService } from "./resolve.ts";
import { createRouter, type Router } from "./router.ts";
import { strangerAnswer } from "./stranger.ts";
import { isUnsignedForm, withForm } from "./unsignedForm.ts";

/** Whose request it is, and how to read a body that was signed as a stream. */
export interface Verified {
  readonly principal: Principal;
  openBody(stream: Readable): Readable;
}

/** Verifies a request's signature, if it must have one. `body` is undefined when it streams. Throws AWS's refusal. */
export type Authenticate = (
  request: HttpRequest,
  query: URLSearchParams,
  service: ServiceName,
  body: Buffer | undefined,
  needsSignature: boolean,
) => Verified;

export interface HandlerParts {
  readonly dispatch: Dispatch;
  readonly rooms: Rooms;
  readonly authenticate: Authenticate;
  readonly frontDoors: readonly FrontDoor[];
  readonly defaultRegion: string;
  readonly ids: Ids;
  /** Hears of every answer of 500: a bug of ours. */
  readonly onBug: (error: unknown, where: string) => void;
}

/** Answers one request; never throws. */
export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

/** The ways in. */
export interface Handlers {
  /** Any request. */
  readonly any: Handler;
  /** A request that is known to be for the API: no other door is asked. */
  readonly call: Handler;
}

/** A request on its way to its operation. */
interface Inbound {
  readonly request: HttpRequest;
  readonly requestId: string;
  readonly resolved: Resolved;
  readonly query: URLSearchParams;
  readonly protocol: Protocol;
}

export const createHandlers = (parts: HandlerParts): Handlers => {
  const operationOf = createOperationFinder();
  const call: Handler = async (sent) => {
    const request = isUnsignedForm(sent) ? await withForm(sent) : sent;
    const form = request === sent ? undefined : new URLSearchParams(request.bytes?.toString());
    const query = request.rawQuery === "" ? NO_QUERY : new URLSearchParams(request.rawQuery);
    const resolved = resolveService(request, query, form);
    if (resolved.stranger) return strangerAnswer(request, resolved.stranger, parts.ids.uuid());
    const protocol = protocolOf(resolved.service, resolved.dialect);
    const inbound = { request, requestId: parts.ids.uuid(), resolved, query, protocol };
    let model: ServiceModel | undefined;
    try {
      const service = parts.rooms.loaded(resolved.service) ?? (await parts.rooms.load(resolved.service));
      if (!service) throw new NotImplemented(`the service ${resolved.service}`);
      model = modelOf(service.model);
      return withIds(await answer(parts, inbound, service, operationOf), inbound);
    } catch (thrown) {
      return withIds(refusal(parts, inbound, thrown, model), inbound);
    }
  };
  const any: Handler = async (request) => {
    for (const door of parts.frontDoors) {
      const answer = door(request);
      if (answer) return answer;
    }
    return call(request);
  };
  return { any, call };
};

/** Shared by all requests without a query, and never written to. */
const NO_QUERY = new URLSearchParams();

const answer = async (
  parts: HandlerParts,
  inbound: Inbound,
  service: AnyService,
  operationOf: OperationFinder,
): Promise<HttpResponse> => {
  const { request, query, resolved, protocol } = inbound;
  const s3 = resolved.service === "s3" ? s3Address(request) : undefined;
  const path = s3?.path ?? request.path;
  const routed = operationOf(service, inbound, path, s3?.bucket !== undefined);
  const streams = routed !== undefined && protocol.streamsInput(routed);
  const body = streams ? undefined : (request.bytes ?? (await readBody(request.body, service.maxBodyBytes)));
  const needsSignature = !isOpenToAll(service, inbound, body);
  const verified = parts.authenticate(request, query, resolved.service, body, needsSignature);
  const plain = body && unpacked(body, header(request.headers, "content-encoding"), service.maxBodyBytes);
  const operation = routed ?? namedOperation(service, inbound, plain);
  const protocolRequest: ProtocolRequest = {
    method: request.method,
    path,
    query,
    headers: s3 ? withPresignedHeaders(request.headers, query) : request.headers,
    body: plain ?? EMPTY,
    stream: streams ? verified.openBody(request.body) : undefined,
  };
  const region = resolved.region ?? parts.defaultRegion;
  const caller = new RequestCaller(request, { principal: verified.principal, region, requestId: inbound.requestId });
  const { input, checked } = readInput(protocol, service, operation, protocolRequest, s3?.bucket);
  const asked = { name: resolved.service, operation: operation.name, input, checked };
  const output = await parts.dispatch.answer(caller, asked);
  const encoded = protocol.encode(operation, output ?? {}, inbound.requestId);
  const packing = packedAnswer(encoded, header(request.headers, "accept-encoding"));
  const response = packing instanceof Promise ? await packing : packing;
  const extras = output as HttpExtras | undefined;
  const status = extras?.[httpStatus] ?? response.status;
  const headers = extras?.[httpHeaders];
  if (status === response.status && !headers) return response;
  return { ...response, status, headers: { ...response.headers, ...headers } };
};

const EMPTY = Buffer.alloc(0);

/** Whether an operation takes requests that nobody signed. */
const isOpenToAll = ({ unsigned = [] }: AnyService, { request, query }: Inbound, body: Buffer | undefined): boolean =>
  unsigned === "all" || (unsigned.length > 0 && unsigned.includes(queryAction(request.method, query, body ?? EMPTY)));

/**
 * The input of an operation. Where the service reads this operation's JSON itself and finds nothing wrong with it, that is
 * its input, checked; everything else, and every fault, takes the way by the model.
 */
const readInput = (
  protocol: Protocol,
  service: AnyService,
  operation: OperationModel,
  request: ProtocolRequest,
  bucket: string | undefined,
): { readonly input: unknown; readonly checked: boolean } => {
  const read = service.quickReaders?.[operation.name];
  const json = read && protocol.parse?.(request);
  const input = json === undefined ? undefined : read?.(json);
  if (input !== undefined) return { input, checked: true };
  const decoded = protocol.decode(operation, request) as Record<string, unknown>;
  return { input: bucket === undefined ? decoded : { ...decoded, Bucket: bucket }, checked: false };
};

/** The operation of a REST request, or undefined for protocols that name theirs in the body. */
type OperationFinder = (
  service: AnyService,
  inbound: Inbound,
  path: string,
  namesBucket: boolean,
) => OperationModel | undefined;

const createOperationFinder = (): OperationFinder => {
  const routers = new Map<AnyService, Router>();
  const routerOf = (service: AnyService) => {
    const known = routers.get(service) ?? createRouter(modelOf(service.model), service.operationNames);
    routers.set(service, known);
    return known;
  };
  return (service, { request, resolved, query }, path, namesBucket) => {
    const model = modelOf(service.model);
    if (resolved.operation !== undefined) return model.operation(resolved.operation) ?? unknownOperation(resolved);
    if (!wireFacts[resolved.service].protocol.startsWith("rest")) return undefined;
    const routable = { method: request.method, path, query, headers: request.headers };
    const suits = (operation: OperationModel) =>
      resolved.service !== "s3" || operation.input.byName.has("Bucket") === namesBucket;
    return routerOf(service)(routable, suits) ?? unknownRoute(inboundName(request));
  };
};

const inboundName = (request: HttpRequest): string => `${request.method} ${request.path}`;

const unknownOperation = (resolved: Resolved): never => {
  throw new AwsError("UnknownOperationException", `${resolved.service} has no operation ${resolved.operation}.`, 400);
};

const unknownRoute = (name: string): never => {
  throw new AwsError("UnknownOperationException", `No operation is at ${name}.`, 404);
};

/** The operation a query form names. */
const namedOperation = (
  service: AnyService,
  { query, request, resolved }: Inbound,
  body: Buffer | undefined,
): OperationModel => {
  const action = queryAction(request.method, query, body ?? EMPTY);
  const model = modelOf(service.model).operation(action);
  if (model) return model;
  // AWS: services that left the query protocol say it in words of their own.
  if (leftQuery(resolved.service)) throw invalidAction(action);
  const { apiVersion } = wireFacts[service.name];
  throw new AwsError("InvalidAction", `Could not find operation ${action} for version ${apiVersion}`, 400);
};

const refusal = (
  parts: HandlerParts,
  { request, requestId, protocol }: Inbound,
  thrown: unknown,
  model: ServiceModel | undefined,
) => {
  const error = wireError(thrown, model);
  if (error.status >= 500 && error.code === "InternalFailure") parts.onBug(thrown, inboundName(request));
  const response = protocol.encodeError(error, requestId);
  return request.method === "HEAD" ? { status: response.status, headers: response.headers } : response;
};

/** Request ids under the names each family of clients reads, in AWS's spelling. */
const withIds = (response: HttpResponse, { requestId, resolved }: Inbound): HttpResponse => {
  if ("x-amzn-RequestId" in response.headers) return response;
  const ids: Record<string, string> =
    resolved.service === "s3"
      ? { "x-amz-request-id": requestId, "x-amz-id-2": "aloft" }
      : { "x-amzn-RequestId": requestId };
  return { ...response, headers: { ...ids, ...response.headers } };
};
