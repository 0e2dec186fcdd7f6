import { badRequest, conflict, notFound } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { PART_ID_LENGTH } from "../parts.ts";
import { patched } from "../patch.ts";
import type { ModelRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const createModel =
  (room: Room): Operation<"CreateModel"> =>
  async (_ctx, { restApiId, ...input }) => {
    findApi(room, restApiId);
    return newModel(room, restApiId, input);
  };

export const newModel = (room: Room, apiId: string, given: Omit<ModelRecord, "id">): ModelRecord => {
  if (!/^[a-zA-Z0-9]+$/.test(given.name)) throw badRequest(`Model name must be alphanumeric: ${given.name}`);
  if (room.models.has([apiId, given.name])) throw conflict("Model name already exists for this REST API");
  const model = checked({ ...given, id: room.ids.lower(PART_ID_LENGTH) });
  room.models.put([apiId, model.name], model);
  return model;
};

const checked = (model: ModelRecord): ModelRecord => {
  if (model.schema === undefined || model.schema === "") return model;
  try {
    JSON.parse(model.schema);
  } catch {
    throw badRequest(
      "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified]",
    );
  }
  return model;
};

export const getModel =
  (room: Room): Operation<"GetModel"> =>
  async (_ctx, { restApiId, modelName }) => {
    findApi(room, restApiId);
    const model = room.models.get([restApiId, modelName]);
    if (!model) throw notFound("Model", modelName);
    return model;
  };

export const getModels =
  (room: Room): Operation<"GetModels"> =>
  async (_ctx, { restApiId, ...paging }) => {
    findApi(room, restApiId);
    return page(partsOf(room.models, restApiId), paging);
  };

export const updateModel =
  (room: Room): Operation<"UpdateModel"> =>
  async (_ctx, { restApiId, modelName, patchOperations }) => {
    const before = findPart(room, room.models, "Model", restApiId, modelName);
    const model = checked(patched(before, patchOperations, { description: "text", schema: "text" }));
    room.models.put([restApiId, modelName], model);
    return model;
  };

export const deleteModel =
  (room: Room): Operation<"DeleteModel"> =>
  async (_ctx, { restApiId, modelName }) => {
    findPart(room, room.models, "Model", restApiId, modelName);
    const users = partsOf(room.methods, restApiId).filter(({ requestModels, methodResponses }) =>
      [requestModels, ...Object.values(methodResponses ?? {}).map(({ responseModels }) => responseModels)].some(
        (models) => Object.values(models ?? {}).includes(modelName),
      ),
    );
    if (users.length > 0) throw conflict(`Cannot delete model '${modelName}', is referenced in method`);
    room.models.delete([restApiId, modelName]);
    return {};
  };
