import { badRequest, notFound } from "../errors.ts";
import { findMethod, findPart } from "../find.ts";
import { checkIntegration, newIntegration } from "../parts.ts";
import { type PatchShape, patched } from "../patch.ts";
import type { IntegrationRecord, MethodRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { integrationResponseView, integrationView } from "../views.ts";
import { saveMethod } from "./methods.ts";

export const putIntegration =
  (room: Room): Operation<"PutIntegration"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, integrationHttpMethod, ...input }) => {
    const method = findMethod(room, restApiId, resourceId, httpMethod);
    const methodIntegration = newIntegration(
      { ...input, ...(integrationHttpMethod === undefined ? {} : { httpMethod: integrationHttpMethod }) },
      input.cacheNamespace ?? resourceId,
    );
    saveMethod(room, restApiId, { ...method, methodIntegration });
    return methodIntegration;
  };

export const getIntegration =
  (room: Room): Operation<"GetIntegration"> =>
  async (_ctx, { restApiId, resourceId, httpMethod }) =>
    integrationView(integrationOf(findMethod(room, restApiId, resourceId, httpMethod)));

const SHAPE: PatchShape = {
  type: "text",
  httpMethod: "text",
  uri: "text",
  connectionType: "text",
  connectionId: "text",
  credentials: "text",
  requestParameters: "map",
  requestTemplates: "map",
  passthroughBehavior: "text",
  contentHandling: "text",
  timeoutInMillis: "number",
  cacheNamespace: "text",
  cacheKeyParameters: "list",
  responseTransferMode: "text",
};

export const updateIntegration =
  (room: Room): Operation<"UpdateIntegration"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, patchOperations }) => {
    const method = findMethod(room, restApiId, resourceId, httpMethod);
    const methodIntegration = patched(integrationOf(method), patchOperations, SHAPE);
    checkIntegration(methodIntegration);
    saveMethod(room, restApiId, { ...method, methodIntegration });
    return integrationView(methodIntegration);
  };

export const deleteIntegration =
  (room: Room): Operation<"DeleteIntegration"> =>
  async (_ctx, { restApiId, resourceId, httpMethod }) => {
    const { methodIntegration, ...method } = findMethod(room, restApiId, resourceId, httpMethod);
    if (!methodIntegration) throw notFound("Integration");
    saveMethod(room, restApiId, method);
    return {};
  };

export const putIntegrationResponse =
  (room: Room): Operation<"PutIntegrationResponse"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, ...response }) => {
    const method = findMethod(room, restApiId, resourceId, httpMethod);
    for (const type of Object.keys(response.responseTemplates ?? {})) {
      if (type.includes("/") || type === "$default") continue;
      throw badRequest(`Validation Result: warnings : [], errors : [Invalid content type specified: ${type}]`);
    }
    saveResponses(room, restApiId, method, {
      ...integrationOf(method).integrationResponses,
      [response.statusCode]: response,
    });
    return integrationResponseView(response);
  };

export const getIntegrationResponse =
  (room: Room): Operation<"GetIntegrationResponse"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, statusCode }) =>
    integrationResponseView(responseOf(findMethod(room, restApiId, resourceId, httpMethod), statusCode));

export const updateIntegrationResponse =
  (room: Room): Operation<"UpdateIntegrationResponse"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, statusCode, patchOperations }) => {
    const method = findMethod(room, restApiId, resourceId, httpMethod);
    const response = patched(responseOf(method, statusCode), patchOperations, {
      selectionPattern: "text",
      responseParameters: "map",
      responseTemplates: "map",
      contentHandling: "text",
    });
    saveResponses(room, restApiId, method, {
      ...integrationOf(method).integrationResponses,
      [statusCode]: response,
    });
    return integrationResponseView(response);
  };

export const deleteIntegrationResponse =
  (room: Room): Operation<"DeleteIntegrationResponse"> =>
  async (_ctx, { restApiId, resourceId, httpMethod, statusCode }) => {
    findPart(room.resources, "Resource", restApiId, resourceId);
    const method = room.methods.get([restApiId, resourceId, httpMethod]);
    if (!method) throw notFound("Integration");
    responseOf(method, statusCode);
    const { [statusCode]: _, ...others } = integrationOf(method).integrationResponses ?? {};
    saveResponses(room, restApiId, method, others);
    return {};
  };

const integrationOf = ({ methodIntegration }: MethodRecord): IntegrationRecord => {
  if (!methodIntegration) throw notFound("Integration");
  return methodIntegration;
};

const responseOf = (method: MethodRecord, statusCode: string) => {
  const response = integrationOf(method).integrationResponses?.[statusCode];
  if (!response) throw notFound("Response status code");
  return response;
};

const saveResponses = (
  room: Room,
  apiId: string,
  method: MethodRecord,
  integrationResponses: NonNullable<IntegrationRecord["integrationResponses"]>,
): void => {
  const methodIntegration = { ...integrationOf(method), integrationResponses };
  checkIntegration(methodIntegration);
  saveMethod(room, apiId, { ...method, methodIntegration });
};
