import type { GatewayResponseType } from "@aws-sdk/client-api-gateway";
import { missing } from "../errors.ts";
import { findApi, partsOf } from "../find.ts";
import { GATEWAY_ANSWERS, GATEWAY_RESPONSE_TYPES } from "../gatewayResponseTypes.ts";
import { type PatchShape, patched } from "../patch.ts";
import type { GatewayResponseRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const putGatewayResponse =
  (room: Room): Operation<"PutGatewayResponse"> =>
  async (_ctx, { restApiId, ...input }) => {
    findApi(room, restApiId);
    const response: GatewayResponseRecord = { ...input, defaultResponse: false };
    room.gatewayResponses.put([restApiId, input.responseType], response);
    return response;
  };

export const getGatewayResponse =
  (room: Room): Operation<"GetGatewayResponse"> =>
  async (_ctx, { restApiId, responseType }) => {
    findApi(room, restApiId);
    return responseOf(room, restApiId, responseType);
  };

/** AWS: every type is there, as its default where nobody has set it. */
export const getGatewayResponses =
  (room: Room): Operation<"GetGatewayResponses"> =>
  async (_ctx, { restApiId }) => {
    findApi(room, restApiId);
    const items = GATEWAY_RESPONSE_TYPES.map((type) => responseOf(room, restApiId, type));
    return { items };
  };

const SHAPE: PatchShape = { statusCode: "text", responseParameters: "map", responseTemplates: "map" };

export const updateGatewayResponse =
  (room: Room): Operation<"UpdateGatewayResponse"> =>
  async (_ctx, { restApiId, responseType, patchOperations }) => {
    findApi(room, restApiId);
    const before = responseOf(room, restApiId, responseType);
    const response = patched(before, patchOperations, SHAPE, { scalars: "as path", strictMaps: true });
    room.gatewayResponses.put([restApiId, responseType], { ...response, defaultResponse: false });
    return { ...response, defaultResponse: false };
  };

export const deleteGatewayResponse =
  (room: Room): Operation<"DeleteGatewayResponse"> =>
  async (_ctx, { restApiId, responseType }) => {
    findApi(room, restApiId);
    if (!partsOf(room.gatewayResponses, restApiId).some((one) => one.responseType === responseType)) {
      throw missing("Gateway response type not defined on api");
    }
    room.gatewayResponses.delete([restApiId, responseType]);
    return {};
  };

const responseOf = (room: Room, apiId: string, responseType: GatewayResponseType): GatewayResponseRecord => {
  const { statusCode } = GATEWAY_ANSWERS[responseType];
  return (
    room.gatewayResponses.get([apiId, responseType]) ?? {
      responseType,
      ...(statusCode === undefined ? {} : { statusCode: String(statusCode) }),
      responseParameters: {},
      responseTemplates: { "application/json": '{"message":$context.error.messageString}' },
      defaultResponse: true,
    }
  );
};
