import { badRequest, conflict, notFound } from "../errors.ts";
import { findDomain, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { type ApiMappingRecord, isWebSocket } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, raised } from "../spelling.ts";

const ID_LENGTH = 6;

export const createApiMapping =
  (room: Room): Operation<"CreateApiMapping"> =>
  async (ctx, { DomainName, ...input }) => {
    findDomain(room, DomainName);
    const mapping: ApiMappingRecord = {
      ...lowered(input),
      apiId: input.ApiId,
      stage: input.Stage,
      apiMappingId: room.ids.lower(ID_LENGTH),
    };
    await check(room, ctx, DomainName, mapping);
    room.apiMappings.put([DomainName, mapping.apiMappingId], mapping);
    return raised(mapping);
  };

export const getApiMapping =
  (room: Room): Operation<"GetApiMapping"> =>
  async (_ctx, { DomainName, ApiMappingId }) =>
    raised(findMapping(room, DomainName, ApiMappingId));

export const getApiMappings =
  (room: Room): Operation<"GetApiMappings"> =>
  async (_ctx, { DomainName, NextToken, MaxResults }) => {
    findDomain(room, DomainName);
    const { items, nextToken } = page(partsOf(room.apiMappings, DomainName), NextToken, MaxResults);
    return { Items: items.map(raised), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateApiMapping =
  (room: Room): Operation<"UpdateApiMapping"> =>
  async (ctx, { DomainName, ApiMappingId, ...input }) => {
    const before = findMapping(room, DomainName, ApiMappingId);
    const mapping: ApiMappingRecord = { ...before, ...lowered(input), apiMappingId: ApiMappingId };
    await check(room, ctx, DomainName, mapping);
    room.apiMappings.put([DomainName, ApiMappingId], mapping);
    return raised(mapping);
  };

export const deleteApiMapping =
  (room: Room): Operation<"DeleteApiMapping"> =>
  async (_ctx, { DomainName, ApiMappingId }) => {
    findMapping(room, DomainName, ApiMappingId);
    room.apiMappings.delete([DomainName, ApiMappingId]);
    return {};
  };

const findMapping = (room: Room, domainName: string, id: string): ApiMappingRecord => {
  findDomain(room, domainName);
  const mapping = room.apiMappings.get([domainName, id]);
  if (!mapping) throw notFound("ApiMapping", id);
  return mapping;
};

const checkKey = (key: string): void => {
  if (/^\/|\/\//.test(key)) {
    throw badRequest("API mapping key should not start with a '/' or have consecutive '/'s.");
  }
  if (key.endsWith("/")) throw badRequest("API mapping key should not end with a '/'.");
  if (!/^[\w$.+!*'()/-]*$/.test(key)) {
    throw badRequest("An ApiMapping key may contain only letters, numbers and one of $-_.+!*'()");
  }
};

const isWebSocketId = ({ apis }: Pick<Room, "apis">, apiId: string): boolean => {
  const api = apis.get(apiId);
  return api !== undefined && isWebSocket(api);
};

/** A mapping's key is free, and it leads to a stage that is there: of this room's APIs, or of a REST API. */
const check = async (
  room: Room,
  ctx: Parameters<ReturnType<typeof createApiMapping>>[0],
  domainName: string,
  { apiMappingId, apiMappingKey = "", apiId, stage }: ApiMappingRecord,
): Promise<void> => {
  checkKey(apiMappingKey);
  const others = partsOf(room.apiMappings, domainName).filter((other) => other.apiMappingId !== apiMappingId);
  if (others.some((other) => (other.apiMappingKey ?? "") === apiMappingKey)) {
    throw conflict("ApiMapping key already exists for this domain name");
  }
  const isSocket = isWebSocketId(room, apiId);
  if (others.some((other) => isWebSocketId(room, other.apiId) !== isSocket)) {
    throw badRequest("Currently, WebSocket APIs can only be attached to a domain name with other WebSocket APIs.");
  }
  if (room.apis.has(apiId)) {
    if (!room.stages.has([apiId, stage])) throw badRequest("Invalid stage identifier specified");
    return;
  }
  try {
    // A REST API's mapping without a stage leaves it to the path to name one.
    if (stage === "") await ctx.call("apigateway", "GetRestApi", { restApiId: apiId });
    else await ctx.call("apigateway", "GetStage", { restApiId: apiId, stageName: stage });
  } catch (error) {
    if (error instanceof Error && error.name === "NotFoundException") {
      throw badRequest("Invalid API identifier or stage specified");
    }
    throw error;
  }
};
