import { modelTemplate } from "../../../engines/gateway/modelTemplate.ts";
import { badRequest, conflict } from "../errors.ts";
import { findApi, findPart, partsOf } from "../find.ts";
import { page } from "../paging.ts";
import type { ModelRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { lowered, merged, raised } from "../spelling.ts";

const ID_LENGTH = 6;

export const createModel =
  (room: Room): Operation<"CreateModel"> =>
  async (_ctx, { ApiId, ...input }) => {
    findApi(room, ApiId);
    const model: ModelRecord = {
      contentType: "application/json",
      ...lowered(input),
      name: input.Name,
      modelId: room.ids.lower(ID_LENGTH),
    };
    checkModel(room, ApiId, model);
    room.models.put([ApiId, model.modelId], model);
    return raised(model);
  };

export const getModel =
  (room: Room): Operation<"GetModel"> =>
  async (_ctx, { ApiId, ModelId }) =>
    raised(findPart(room, room.models, "Model", ApiId, ModelId));

export const getModels =
  (room: Room): Operation<"GetModels"> =>
  async (_ctx, { ApiId, NextToken, MaxResults }) => {
    findApi(room, ApiId);
    const { items, nextToken } = page(partsOf(room.models, ApiId), NextToken, MaxResults);
    return { Items: items.map(raised), ...(nextToken ? { NextToken: nextToken } : {}) };
  };

export const getModelTemplate =
  (room: Room): Operation<"GetModelTemplate"> =>
  async (_ctx, { ApiId, ModelId }) => {
    const model = findPart(room, room.models, "Model", ApiId, ModelId);
    const schemaNamed = (name: string) => partsOf(room.models, ApiId).find((other) => other.name === name)?.schema;
    return { Value: modelTemplate(model.schema ?? "{}", schemaNamed) };
  };

export const updateModel =
  (room: Room): Operation<"UpdateModel"> =>
  async (_ctx, { ApiId, ModelId, ...input }) => {
    const before = findPart(room, room.models, "Model", ApiId, ModelId);
    const model: ModelRecord = { ...merged(before, input), modelId: ModelId };
    checkModel(room, ApiId, model);
    room.models.put([ApiId, ModelId], model);
    return raised(model);
  };

export const deleteModel =
  (room: Room): Operation<"DeleteModel"> =>
  async (_ctx, { ApiId, ModelId }) => {
    findPart(room, room.models, "Model", ApiId, ModelId);
    room.models.delete([ApiId, ModelId]);
    return {};
  };

const checkModel = (room: Room, apiId: string, { name, schema, modelId }: ModelRecord): void => {
  if (!/^[a-zA-Z0-9]+$/.test(name)) throw badRequest(`Model name must be alphanumeric: ${name}`);
  if (partsOf(room.models, apiId).some((other) => other.name === name && other.modelId !== modelId)) {
    throw conflict(`Model with name ${name} already exists for this API`);
  }
  try {
    JSON.parse(schema ?? "{}");
  } catch {
    throw badRequest("Invalid model schema specified. Validation Result: warnings : [], errors : [Invalid JSON]");
  }
};
