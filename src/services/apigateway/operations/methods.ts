import { conflict, notFound } from "../errors.ts";
import { findMethod, findPart } from "../find.ts";
import { checkMethod } from "../parts.ts";
import { type PatchShape, patched } from "../patch.ts";
import type { MethodRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { methodView, withoutEmpty } from "../views.ts";

export const putMethod =
  (room: Room): Operation<"PutMethod"> =>
  async (_ctx, { restApiId, resourceId, ...input }) => {
    findPart(room.resources, "Resource", restApiId, resourceId);
    if (room.methods.has([restApiId, resourceId, input.httpMethod])) {
      throw conflict("Method already exists for this resource");
    }
    const authorizationType = input.authorizationType.toUpperCase();
    const method: MethodRecord = { apiKeyRequired: false, ...input, authorizationType, resourceId };
    checkMethod(room, restApiId, method);
    saveMethod(room, restApiId, method);
    return methodView(method);
  };

export const saveMethod = (room: Room, apiId: string, method: MethodRecord): void =>
  room.methods.put([apiId, method.resourceId, method.httpMethod], method);

export const getMethod =
  (room: Room): Operation<"GetMethod"> =>
  async (_ctx, { restApiId, resourceId, httpMethod }) =>
    methodView(findMethod(room, restApiId, resourceId, httpMethod));

const SHAPE: PatchShape = {
  authorizationType: "text",
  authorizerId: "text",
  authorizationScopes: "list",
  apiKeyRequired: "boolean",
  operationName: "text",
  requestParameters: "flags",
  requestModels: "map",
  requestValidatorId: "text",
};

export const updateMethod =
  (room: Room): Operation<"UpdateMethod"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, patchOperations }) => {
    const { authorizerId, ...rest } = patched(
      findMethod(room, restApiId, resourceId, httpMethod),
      patchOperations,
      SHAPE,
      { scalars: "as operation" },
    );
    // AWS: an authorizer is kept only where the authorization is by one.
    const guarded = rest.authorizationType === "CUSTOM" || rest.authorizationType === "COGNITO_USER_POOLS";
    const method: MethodRecord = { ...rest, ...(guarded && authorizerId !== undefined ? { authorizerId } : {}) };
    checkMethod(room, restApiId, method);
    saveMethod(room, restApiId, method);
    return methodView(method);
  };

export const deleteMethod =
  (room: Room): Operation<"DeleteMethod"> =>
  async (_ctx, { restApiId, resourceId, httpMethod }) => {
    findMethod(room, restApiId, resourceId, httpMethod);
    room.methods.delete([restApiId, resourceId, httpMethod]);
    return {};
  };

export const putMethodResponse =
  (room: Room): Operation<"PutMethodResponse"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, ...response }) => {
    const method = findMethod(room, restApiId, resourceId, httpMethod);
    if (method.methodResponses?.[response.statusCode]) throw conflict("Response already exists for this resource");
    const methodResponses = { ...method.methodResponses, [response.statusCode]: response };
    saveMethod(room, restApiId, { ...method, methodResponses });
    return response;
  };

export const getMethodResponse =
  (room: Room): Operation<"GetMethodResponse"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, statusCode }) => {
    const response = findMethod(room, restApiId, resourceId, httpMethod).methodResponses?.[statusCode];
    if (!response) throw notFound("Response status code");
    return response;
  };

export const updateMethodResponse =
  (room: Room): Operation<"UpdateMethodResponse"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, statusCode, patchOperations }) => {
    const method = findMethod(room, restApiId, resourceId, httpMethod);
    const before = method.methodResponses?.[statusCode];
    if (!before) throw notFound("Response status code");
    const shape: PatchShape = { responseParameters: "flags", responseModels: "map" };
    const response = withoutEmpty(patched(before, patchOperations, shape, { strictMaps: true }));
    saveMethod(room, restApiId, { ...method, methodResponses: { ...method.methodResponses, [statusCode]: response } });
    return response;
  };

export const deleteMethodResponse =
  (room: Room): Operation<"DeleteMethodResponse"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, statusCode }) => {
    const method = findMethod(room, restApiId, resourceId, httpMethod);
    const { [statusCode]: gone, ...methodResponses } = method.methodResponses ?? {};
    if (!gone) throw notFound("Response status code");
    saveMethod(room, restApiId, { ...method, methodResponses });
    return {};
  };
