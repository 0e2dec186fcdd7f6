import { apiChanged } from "../changes.ts";
import { checkAuthorizer } from "../checkAuthorizer.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { newAuthorizer } from "../parts.ts";
import { type AuthorizerRecord, isWebSocket } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, merged, raised } from "../spelling.ts";

export const createAuthorizer =
  (room: Room): Operation<"CreateAuthorizer"> =>
  async (_ctx, { ApiId, ...input }) => {
    findApi(room, ApiId);
    const authorizer = newAuthorizer(room, ApiId, lowered(input));
    apiChanged(room, ApiId);
    return raised(authorizer);
  };

export const getAuthorizer =
  (room: Room): Operation<"GetAuthorizer"> =>
  async (_ctx, { ApiId, AuthorizerId }) =>
    raised(findPart(room, room.authorizers, "Authorizer", ApiId, AuthorizerId));

export const getAuthorizers =
  (room: Room): Operation<"GetAuthorizers"> =>
  async (_ctx, { ApiId, NextToken, MaxResults }) => {
    findApi(room, ApiId);
    const { items, nextToken } = page(partsOf(room.authorizers, ApiId), NextToken, MaxResults);
    return { Items: items.map(raised), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const updateAuthorizer =
  (room: Room): Operation<"UpdateAuthorizer"> =>
  async (_ctx, { ApiId, AuthorizerId, ...input }) => {
    const before = findPart(room, room.authorizers, "Authorizer", ApiId, AuthorizerId);
    const authorizer: AuthorizerRecord = { ...merged(before, input), authorizerId: AuthorizerId };
    checkAuthorizer(authorizer, isWebSocket(findApi(room, ApiId)));
    room.authorizers.put([ApiId, AuthorizerId], authorizer);
    apiChanged(room, ApiId);
    return raised(authorizer);
  };

export const deleteAuthorizer =
  (room: Room): Operation<"DeleteAuthorizer"> =>
  async (_ctx, { ApiId, AuthorizerId }) => {
    findPart(room, room.authorizers, "Authorizer", ApiId, AuthorizerId);

    room.authorizers.delete([ApiId, AuthorizerId]);
    apiChanged(room, ApiId);
    return {};
  };
