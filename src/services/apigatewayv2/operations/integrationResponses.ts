import { apiChanged } from "../changes.ts";
import { checkTemplates } from "../checkTemplates.ts";
import { findPart, findSubpart, subpartsOf } from "../find.ts";
import { page } from "../paging.ts";
import type { IntegrationResponseRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, merged, raised } from "../spelling.ts";

const ID_LENGTH = 7;

export const createIntegrationResponse =
  (room: Room): Operation<"CreateIntegrationResponse"> =>
  async (_ctx, { ApiId, IntegrationId, ...input }) => {
    await checkTemplates(input.ResponseTemplates);
    findPart(room, room.integrations, "Integration", ApiId, IntegrationId);
    const made: IntegrationResponseRecord = { ...lowered(input), integrationResponseId: room.ids.lower(ID_LENGTH) };
    room.integrationResponses.put([ApiId, IntegrationId, made.integrationResponseId], made);
    apiChanged(room, ApiId);
    return raised(made);
  };

export const getIntegrationResponse =
  (room: Room): Operation<"GetIntegrationResponse"> =>
  async (_ctx, { ApiId, IntegrationId, IntegrationResponseId }) =>
    raised(
      findSubpart(room.integrationResponses, "IntegrationResponse", [ApiId, IntegrationId, IntegrationResponseId]),
    );

export const getIntegrationResponses =
  (room: Room): Operation<"GetIntegrationResponses"> =>
  async (_ctx, { ApiId, IntegrationId, NextToken, MaxResults }) => {
    findPart(room, room.integrations, "Integration", ApiId, IntegrationId);
    const { items, nextToken } = page(
      subpartsOf(room.integrationResponses, [ApiId, IntegrationId]),
      NextToken,
      MaxResults,
    );
    return { Items: items.map(raised), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateIntegrationResponse =
  (room: Room): Operation<"UpdateIntegrationResponse"> =>
  async (_ctx, { ApiId, IntegrationId, IntegrationResponseId, ...input }) => {
    const key = [ApiId, IntegrationId, IntegrationResponseId];
    await checkTemplates(input.ResponseTemplates);
    const before = findSubpart(room.integrationResponses, "IntegrationResponse", key);
    const changed: IntegrationResponseRecord = {
      ...merged(before, input),
      integrationResponseId: IntegrationResponseId,
    };
    room.integrationResponses.put(key, changed);
    apiChanged(room, ApiId);
    return raised(changed);
  };

export const deleteIntegrationResponse =
  (room: Room): Operation<"DeleteIntegrationResponse"> =>
  async (_ctx, { ApiId, IntegrationId, IntegrationResponseId }) => {
    const key = [ApiId, IntegrationId, IntegrationResponseId];
    findSubpart(room.integrationResponses, "IntegrationResponse", key);
    room.integrationResponses.delete(key);
    apiChanged(room, ApiId);
    return {};
  };
