import { forgetTables } from "../changes.ts";
import { clonedSettings, cloneParts } from "../cloneApi.ts";
import { findApi } from "../find.ts";
import { page } from "../paging.ts";
import { checkApi, newApi } from "../parts.ts";
import { type PatchRules, type PatchShape, patched } from "../patch.ts";
import { leavePlans } from "../planStages.ts";
import { isPrivate, type RestApiRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { apiView } from "../views.ts";

export const createRestApi =
  (room: Room): Operation<"CreateRestApi"> =>
  async (_ctx, { cloneFrom, ...input }) => {
    if (cloneFrom === undefined) return apiView(newApi(room, input));
    const source = findApi(room, cloneFrom);
    return room.records.atomically(() => {
      const api = newApi(room, { ...clonedSettings(source), ...input }, []);
      cloneParts(room, source, api);
      return apiView(api);
    });
  };

export const getRestApi =
  (room: Room): Operation<"GetRestApi"> =>
  async (_ctx, { restApiId }) => ({ tags: {}, ...apiView(findApi(room, restApiId)) });

export const getRestApis =
  (room: Room): Operation<"GetRestApis"> =>
  async (_ctx, input) => {
    const { items, ...next } = page(
      [...room.restApis.range()].map(({ value }) => value),
      input,
    );
    return { items: items.map(apiView), ...next };
  };

const SHAPE: PatchShape = {
  name: "text",
  description: "text",
  version: "text",
  policy: "text",
  apiKeySource: "text",
  binaryMediaTypes: "list",
  minimumCompressionSize: "number",
  disableExecuteApiEndpoint: "boolean",
  securityPolicy: "text",
  endpointAccessMode: "text",
  endpointConfiguration: { types: "choice", ipAddressType: "text", vpcEndpointIds: "list" },
};

const RULES: PatchRules = {
  scalars: "as operation",
  removable: ["description", "version", "policy", "minimumCompressionSize"],
};

export const updateRestApi =
  (room: Room): Operation<"UpdateRestApi"> =>
  async (_ctx, { restApiId, patchOperations }) => {
    const before = findApi(room, restApiId);
    const api = addressed(before, patched(before, patchOperations, SHAPE, RULES));
    checkApi(api);
    room.restApis.put(restApiId, api);
    forgetTables(room, restApiId);
    return { tags: {}, ...apiView(api) };
  };

/** AWS: an API that becomes private has addresses of both kinds from then on. */
const addressed = (before: RestApiRecord, { endpointConfiguration, ...api }: RestApiRecord): RestApiRecord => {
  const becomesPrivate = isPrivate({ ...api, endpointConfiguration }) && !isPrivate(before);
  const ipAddressType = becomesPrivate ? { ipAddressType: "dualstack" as const } : {};
  return { ...api, endpointConfiguration: { ...endpointConfiguration, ...ipAddressType } };
};

export const deleteRestApi =
  (room: Room): Operation<"DeleteRestApi"> =>
  async (_ctx, { restApiId }) => {
    findApi(room, restApiId);
    room.records.atomically(() => {
      room.restApis.delete(restApiId);
      const { resources, methods, authorizers, models, validators, gatewayResponses, deployments, stages } = room;
      const served = [resources, methods, authorizers, models, validators, gatewayResponses, deployments, stages];
      const kinds = [...served, room.documentationParts, room.documentationVersions];
      for (const kind of kinds) kind.clear({ prefix: [restApiId] });
      leavePlans(room, restApiId);
    });
    forgetTables(room, restApiId);
    return {};
  };
