import { modelTemplate } from "../../../engines/gateway/modelTemplate.ts";
import { badRequest, conflict, missing } from "../errors.ts";
import { findApi, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { PART_ID_LENGTH } from "../parts.ts";
import { type PatchShape, patched } from "../patch.ts";
import type { ModelRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const createModel =
  (room: Room): Operation<"CreateModel"> =>
  async (_ctx, { restApiId, ...input }) => {
    findApi(room, restApiId);
    return newModel(room, restApiId, input);
  };

export const newModel = (room: Room, apiId: string, given: Omit<ModelRecord, "id">): ModelRecord => {
  if (given.name === "") throw badRequest("Model name must be non-empty");
  if (!/^[a-zA-Z0-9]+$/.test(given.name)) throw badRequest(`Model name must be alphanumeric: ${given.name}`);
  if (room.models.has([apiId, given.name])) throw conflict("Model name already exists for this REST API");
  const model = checked({ ...given, id: room.ids.lower(PART_ID_LENGTH) });
  room.models.put([apiId, model.name], model);
  return model;
};

const findModel = ({ models }: Room, apiId: string, name: string): ModelRecord => {
  const model = models.get([apiId, name]);
  if (!model) throw missing(`Invalid model name specified: ${name}`);
  return model;
};

const checked = (given: ModelRecord): ModelRecord => {
  const { description, ...rest } = given;
  const model = description ? { ...rest, description } : rest;
  if (!model.schema) throw badRequest("Model schema must have at least 1 property or array items defined");
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
    return findModel(room, restApiId, modelName);
  };

export const getModelTemplate =
  (room: Room): Operation<"GetModelTemplate"> =>
  async (_ctx, { restApiId, modelName }) => {
    const { schema = "{}" } = findModel(room, restApiId, modelName);
    return { value: modelTemplate(schema, (name) => room.models.get([restApiId, name])?.schema) };
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
    const before = findModel(room, restApiId, modelName);
    const shape: PatchShape = { description: "text", schema: "text" };
    const model = checked(patched(before, patchOperations, shape, { replaceOnly: true }));
    room.models.put([restApiId, modelName], model);
    return model;
  };

export const deleteModel =
  (room: Room): Operation<"DeleteModel"> =>
  async (_ctx, { restApiId, modelName }) => {
    findModel(room, restApiId, modelName);
    const user = userOf(room, restApiId, modelName);
    if (user !== undefined) throw conflict(`Cannot delete model '${modelName}', is referenced in method ${user}`);
    room.models.delete([restApiId, modelName]);
    return {};
  };

/** Which method asks for a model or answers with it, as AWS names it; of many, the one lowest in the tree. */
const userOf = (room: Room, apiId: string, modelName: string): string | undefined => {
  const uses = (models: Readonly<Record<string, string>> | undefined) =>
    Object.values(models ?? {}).includes(modelName);
  const users = partsOf(room.methods, apiId).flatMap((method) => {
    const at = `${room.resources.get([apiId, method.resourceId])?.path}/${method.httpMethod}`;
    const responses = Object.values(method.methodResponses ?? {});
    if (uses(method.requestModels)) return [`request: ${at}`];
    return responses.some(({ responseModels }) => uses(responseModels)) ? [`response: ${at}`] : [];
  });
  return users.sort().at(-1);
};
