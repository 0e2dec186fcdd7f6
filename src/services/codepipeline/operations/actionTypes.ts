import { actionTypeNotFound } from "../errors.ts";
import { findActionType, typePlace } from "../find.ts";
import { numbersIn, pageOf } from "../paging.ts";
import type { ActionTypeRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { ACTION_TYPES } from "../structure/actionTypes.ts";
import { builtInTypeView, customTypeView } from "../typeViews.ts";

export const listActionTypes =
  (room: Room): Operation<"ListActionTypes"> =>
  async (_ctx, { actionOwnerFilter, nextToken }) => {
    const own = [...room.tables.actionTypes.range()].map(({ value }) => value).filter(({ deleted }) => !deleted);
    const all = [...ACTION_TYPES.map(builtInTypeView), ...own.map(customTypeView)]
      .filter(({ id }) => actionOwnerFilter === undefined || id.owner === actionOwnerFilter)
      .map((type, index) => ({ type, index }));
    const [after = -1] = numbersIn(nextToken) ?? [];
    const { items, ...token } = pageOf(all.slice(after + 1), ({ index }) => [index], undefined);
    return { actionTypes: items.map(({ type }) => type), ...token };
  };

export const getActionType =
  (room: Room): Operation<"GetActionType"> =>
  async (_ctx, id) => {
    const declaration = findActionType(room, id)?.declaration;
    if (!declaration) throw actionTypeNotFound(typePlace(id).join("/"));
    return { actionType: declaration };
  };

/**
 * Differs: AWS has made a third party's type together with that party before it is updated; here who first names it makes
 * it.
 */
export const updateActionType =
  (room: Room): Operation<"UpdateActionType"> =>
  async (ctx, { actionType }) => {
    const { id, inputArtifactDetails: inputs, outputArtifactDetails: outputs, properties = [], urls = {} } = actionType;
    if (id.owner !== "ThirdParty") throw actionTypeNotFound(typePlace(id).join("/"));
    const place = typePlace(id);
    const before = room.tables.actionTypes.get(place);
    const { configurationUrl, ...templates } = urls;
    const record: ActionTypeRecord = {
      arn: ctx.arn("actiontype", place.join("/")),
      owner: "ThirdParty",
      category: id.category,
      provider: id.provider,
      version: id.version,
      settings: {
        ...(configurationUrl === undefined ? {} : { thirdPartyConfigurationUrl: configurationUrl }),
        ...templates,
      },
      properties: properties.map(({ name, optional, key, noEcho, queryable = false, description }) => ({
        name,
        required: !optional,
        key,
        secret: noEcho,
        queryable,
        ...(description === undefined ? {} : { description }),
      })),
      inputs: { min: inputs.minimumCount, max: inputs.maximumCount },
      outputs: { min: outputs.minimumCount, max: outputs.maximumCount },
      tags: before?.tags ?? [],
      createdAt: before?.createdAt ?? room.clock.now(),
      declaration: actionType,
    };
    room.tables.actionTypes.put(place, record);
    return {};
  };
