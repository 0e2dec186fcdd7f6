import { badRequest, conflict } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { checkAuthorizer, PART_ID_LENGTH } from "../parts.ts";
import { type PatchShape, patched } from "../patch.ts";
import type { AuthorizerRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const createAuthorizer =
  (room: Room): Operation<"CreateAuthorizer"> =>
  async (_ctx, { restApiId, ...input }) => {
    // AWS: the one operation that takes an API that is not there for one that is being changed.
    if (!room.restApis.has(restApiId)) {
      throw conflict("Unable to complete operation due to concurrent modification. Please try again later.");
    }
    return newAuthorizer(room, restApiId, input);
  };

export const newAuthorizer = (room: Room, apiId: string, given: Omit<AuthorizerRecord, "id">): AuthorizerRecord => {
  if (partsOf(room.authorizers, apiId).some(({ name }) => name === given.name)) {
    throw badRequest(`Authorizer name must be unique. Authorizer ${given.name} already exists in this RestApi.`);
  }
  const authorizer: AuthorizerRecord = {
    authType: "custom",
    ...(given.type === "TOKEN" ? { identitySource: "method.request.header.Authorization" } : {}),
    ...given,
    id: room.ids.lower(PART_ID_LENGTH),
  };
  checkAuthorizer(authorizer);
  room.authorizers.put([apiId, authorizer.id], authorizer);
  return authorizer;
};

export const getAuthorizer =
  (room: Room): Operation<"GetAuthorizer"> =>
  async (_ctx, { restApiId, authorizerId }) =>
    findPart(room.authorizers, "Authorizer", restApiId, authorizerId);

export const getAuthorizers =
  (room: Room): Operation<"GetAuthorizers"> =>
  async (_ctx, { restApiId, ...paging }) => {
    findApi(room, restApiId);
    return page(partsOf(room.authorizers, restApiId), paging);
  };

const SHAPE: PatchShape = {
  name: "text",
  type: "text",
  providerARNs: "list",
  authType: "text",
  authorizerUri: "text",
  authorizerCredentials: "text",
  identitySource: "text",
  identityValidationExpression: "text",
  authorizerResultTtlInSeconds: "number",
};

export const updateAuthorizer =
  (room: Room): Operation<"UpdateAuthorizer"> =>
  async (_ctx, { restApiId, authorizerId, patchOperations }) => {
    const before = findPart(room.authorizers, "Authorizer", restApiId, authorizerId);
    const authorizer = patched(before, patchOperations, SHAPE);
    checkAuthorizer(authorizer);
    room.authorizers.put([restApiId, authorizerId], authorizer);
    return authorizer;
  };

export const deleteAuthorizer =
  (room: Room): Operation<"DeleteAuthorizer"> =>
  async (_ctx, { restApiId, authorizerId }) => {
    findPart(room.authorizers, "Authorizer", restApiId, authorizerId);
    if (partsOf(room.methods, restApiId).some((method) => method.authorizerId === authorizerId)) {
      throw badRequest("Authorizer is in use by a method and cannot be deleted");
    }
    room.authorizers.delete([restApiId, authorizerId]);
    return {};
  };
