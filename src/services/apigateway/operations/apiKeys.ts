import { badRequest, conflict, notFound } from "../errors.ts";
import { partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { patched } from "../patch.ts";
import type { ApiKeyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

const KEY_ID_LENGTH = 10;
const KEY_VALUE_LENGTH = 40;
const MIN_VALUE_LENGTH = 20;
const MAX_VALUE_LENGTH = 128;

export const createApiKey =
  (room: Room): Operation<"CreateApiKey"> =>
  async (_ctx, { generateDistinctId: _, stageKeys = [], value = room.ids.mixed(KEY_VALUE_LENGTH), ...input }) => {
    if (value.length < MIN_VALUE_LENGTH || value.length > MAX_VALUE_LENGTH) {
      throw badRequest("API Key value should be at least 20 characters");
    }
    if (room.keyIds.has(value)) throw conflict("API Key already exists");
    const now = room.clock.now();
    const key: ApiKeyRecord = {
      enabled: false,
      ...input,
      id: room.ids.lower(KEY_ID_LENGTH),
      value,
      stageKeys: stageKeys.map(({ restApiId, stageName }) => `${restApiId}/${stageName}`),
      createdAt: now,
      updatedAt: now,
    };
    room.records.atomically(() => {
      room.apiKeys.put(key.id, key);
      room.keyIds.put(value, key.id);
    });
    return apiKeyView(key, true);
  };

export const getApiKey =
  (room: Room): Operation<"GetApiKey"> =>
  async (_ctx, { apiKey, includeValue = false }) =>
    apiKeyView(findKey(room, apiKey), includeValue);

export const getApiKeys =
  (room: Room): Operation<"GetApiKeys"> =>
  async (_ctx, { nameQuery = "", customerId, includeValues = false, ...paging }) => {
    const wanted = partsOf(room.apiKeys).filter(
      (key) => (key.name ?? "").startsWith(nameQuery) && (customerId === undefined || key.customerId === customerId),
    );
    const { items, ...next } = page(wanted, paging);
    return { items: items.map((key) => apiKeyView(key, includeValues)), ...next };
  };

export const updateApiKey =
  (room: Room): Operation<"UpdateApiKey"> =>
  async (_ctx, { apiKey, patchOperations }) => {
    const key = {
      ...patched(findKey(room, apiKey), patchOperations, {
        name: "text",
        description: "text",
        enabled: "boolean",
        customerId: "text",
        stages: "list",
      }),
      updatedAt: room.clock.now(),
    };
    room.apiKeys.put(apiKey, key);
    return { tags: {}, ...apiKeyView(key, false) };
  };

export const deleteApiKey =
  (room: Room): Operation<"DeleteApiKey"> =>
  async (_ctx, { apiKey }) => {
    const { value } = findKey(room, apiKey);
    room.records.atomically(() => {
      room.apiKeys.delete(apiKey);
      room.keyIds.delete(value);
      for (const { id } of partsOf(room.usagePlans)) room.planKeys.delete([id, apiKey]);
    });
    return {};
  };

export const findKey = ({ apiKeys }: Pick<Room, "apiKeys">, id: string): ApiKeyRecord => {
  const key = apiKeys.get(id);
  if (!key) throw notFound("API Key");
  return key;
};

const apiKeyView = ({ createdAt, updatedAt, value, ...key }: ApiKeyRecord, withValue: boolean) => ({
  ...key,
  ...(withValue ? { value } : {}),
  createdDate: new Date(createdAt),
  lastUpdatedDate: new Date(updatedAt),
});
