import { invalid, tooMany } from "../errors.ts";
import { findActionType, typePlace } from "../find.ts";
import { MAX_CUSTOM_ACTION_TYPES } from "../limits.ts";
import type { ActionTypeRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { customTypeView } from "../typeViews.ts";

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html */
export const createCustomActionType =
  (room: Room): Operation<"CreateCustomActionType"> =>
  async (ctx, { category, provider, version, settings = {}, configurationProperties = [], tags = [], ...details }) => {
    const place = typePlace({ owner: "Custom", category, provider, version });
    checkProperties(configurationProperties);
    const record: ActionTypeRecord = {
      arn: ctx.arn("actiontype", place.join("/")),
      owner: "Custom",
      category,
      provider,
      version,
      settings,
      properties: configurationProperties.map(({ name, required, key, secret, queryable = false, ...more }) => ({
        name,
        required,
        key,
        secret,
        queryable,
        ...(more.description === undefined ? {} : { description: more.description }),
        ...(more.type === undefined ? {} : { type: more.type }),
      })),
      inputs: { min: details.inputArtifactDetails.minimumCount, max: details.inputArtifactDetails.maximumCount },
      outputs: { min: details.outputArtifactDetails.minimumCount, max: details.outputArtifactDetails.maximumCount },
      tags: tags.map(({ key, value }) => ({ key, value })),
      createdAt: room.clock.now(),
    };
    const before = room.tables.actionTypes.get(place);
    if (before && !(before.deleted && isSame(before, record)))
      throw invalid(
        `ActionType (Category: '${category}', Provider: '${provider}', Owner: 'Custom', Version: '${version}') already exists${before.deleted ? ": a version that was deleted cannot be used again" : ""}`,
      );
    const limit = MAX_CUSTOM_ACTION_TYPES;
    if (room.tables.actionTypes.count({ prefix: ["Custom"], limit }) >= limit)
      throw tooMany("custom action types", limit);
    room.tables.actionTypes.put(place, record);
    return { actionType: customTypeView(record), tags: tags.map(({ key, value }) => ({ key, value })) };
  };

const checkProperties = (
  properties: readonly { name: string; required: boolean; secret: boolean; queryable?: boolean | undefined }[],
): void => {
  const queryable = properties.filter((property) => property.queryable);
  if (queryable.length > 1) throw invalid("An action type can have up to one queryable property");
  if (queryable.some(({ required, secret }) => !required || secret))
    throw invalid("A queryable property must be both required and not secret");
  if (new Set(properties.map(({ name }) => name)).size < properties.length)
    throw invalid("The names of an action type's properties must be unique");
};

/** AWS: a type that was deleted can be had again exactly as it was. */
const isSame = (before: ActionTypeRecord, now: ActionTypeRecord): boolean => {
  const facts = ({ settings, properties, inputs, outputs }: ActionTypeRecord) =>
    JSON.stringify([settings, properties, inputs, outputs]);
  return facts(before) === facts(now);
};

export const deleteCustomActionType =
  (room: Room): Operation<"DeleteCustomActionType"> =>
  async (_ctx, id) => {
    const found = findActionType(room, { ...id, owner: "Custom" });
    if (found) room.tables.actionTypes.put(typePlace(found), { ...found, deleted: true });
    return {};
  };
