import { badRequest, conflict } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { checkMethod, PART_ID_LENGTH } from "../parts.ts";
import { type PatchShape, patched } from "../patch.ts";
import type { ValidatorRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const createRequestValidator =
  (room: Room): Operation<"CreateRequestValidator"> =>
  async (_ctx, { restApiId, ...input }) => {
    if (!room.restApis.has(restApiId)) throw badRequest("Invalid REST API identifier specified");
    return newValidator(room, restApiId, input);
  };

export const newValidator = (room: Room, apiId: string, given: Omit<ValidatorRecord, "id">): ValidatorRecord => {
  const validator: ValidatorRecord = {
    validateRequestBody: false,
    validateRequestParameters: false,
    ...given,
    id: room.ids.lower(PART_ID_LENGTH),
  };
  room.validators.put([apiId, validator.id], validator);
  return validator;
};

export const getRequestValidator =
  (room: Room): Operation<"GetRequestValidator"> =>
  async (_ctx, { restApiId, requestValidatorId }) =>
    findPart(room.validators, "Request Validator", restApiId, requestValidatorId);

export const getRequestValidators =
  (room: Room): Operation<"GetRequestValidators"> =>
  async (_ctx, { restApiId, ...paging }) => {
    findApi(room, restApiId);
    return page(partsOf(room.validators, restApiId), paging);
  };

const SHAPE: PatchShape = {
  name: "text",
  validateRequestParameters: "boolean",
  validateRequestBody: "boolean",
};

export const updateRequestValidator =
  (room: Room): Operation<"UpdateRequestValidator"> =>
  async (_ctx, { restApiId, requestValidatorId, patchOperations }) => {
    const before = findPart(room.validators, "Request Validator", restApiId, requestValidatorId);
    const validator = patched(before, patchOperations, SHAPE, { replaceOnly: true });
    if (!validator.name) throw badRequest("Request Validator name cannot be blank");
    // What the methods that use it may ask of it is looked at again, before anything is kept.
    room.records.atomically(() => {
      room.validators.put([restApiId, requestValidatorId], validator);
      for (const method of partsOf(room.methods, restApiId)) {
        if (method.requestValidatorId === requestValidatorId) checkMethod(room, restApiId, method);
      }
    });
    return validator;
  };

export const deleteRequestValidator =
  (room: Room): Operation<"DeleteRequestValidator"> =>
  async (_ctx, { restApiId, requestValidatorId }) => {
    findPart(room.validators, "Request Validator", restApiId, requestValidatorId);
    if (partsOf(room.methods, restApiId).some((method) => method.requestValidatorId === requestValidatorId)) {
      throw conflict("Request Validator is in use and cannot be deleted");
    }
    room.validators.delete([restApiId, requestValidatorId]);
    return {};
  };
