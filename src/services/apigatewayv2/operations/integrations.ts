import { apiChanged } from "../changes.ts";
import { checkTemplates } from "../checkTemplates.ts";
import { conflict } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { checkIntegration, newIntegration } from "../parts.ts";
import { type IntegrationRecord, isWebSocket } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, merged, raised } from "../spelling.ts";

export const createIntegration =
  (room: Room): Operation<"CreateIntegration"> =>
  async (_ctx, { ApiId, ...input }) => {
    findApi(room, ApiId);
    await checkTemplates(input.RequestTemplates);
    const integration = newIntegration(room, ApiId, lowered(input));
    apiChanged(room, ApiId);
    return raised(integration);
  };

export const getIntegration =
  (room: Room): Operation<"GetIntegration"> =>
  async (_ctx, { ApiId, IntegrationId }) =>
    raised(findPart(room, room.integrations, "Integration", ApiId, IntegrationId));

export const getIntegrations =
  (room: Room): Operation<"GetIntegrations"> =>
  async (_ctx, { ApiId, NextToken, MaxResults }) => {
    findApi(room, ApiId);
    const { items, nextToken } = page(partsOf(room.integrations, ApiId), NextToken, MaxResults);
    return { Items: items.map(raised), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateIntegration =
  (room: Room): Operation<"UpdateIntegration"> =>
  async (_ctx, { ApiId, IntegrationId, ...input }) => {
    await checkTemplates(input.RequestTemplates);
    const before = findPart(room, room.integrations, "Integration", ApiId, IntegrationId);
    const integration: IntegrationRecord = { ...merged(before, input), integrationId: IntegrationId };
    checkIntegration(integration, isWebSocket(findApi(room, ApiId)));
    room.integrations.put([ApiId, IntegrationId], integration);
    apiChanged(room, ApiId);
    return raised(integration);
  };

export const deleteIntegration =
  (room: Room): Operation<"DeleteIntegration"> =>
  async (_ctx, { ApiId, IntegrationId }) => {
    findPart(room, room.integrations, "Integration", ApiId, IntegrationId);
    refuseWhileUsed(room, ApiId, IntegrationId);
    room.integrations.delete([ApiId, IntegrationId]);
    apiChanged(room, ApiId);
    return {};
  };

const refuseWhileUsed = (room: Room, apiId: string, integrationId: string): void => {
  const users = partsOf(room.routes, apiId).filter(({ target }) => target === `integrations/${integrationId}`);
  if (users.length > 0) {
    const keys = users.map(({ routeKey }) => routeKey).join(", ");
    throw conflict(`Cannot delete Integration '${integrationId}'. Referenced by route(s): ${keys}`);
  }
};
