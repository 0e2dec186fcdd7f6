import type { PatchOperation } from "@aws-sdk/client-api-gateway";
import { badRequest, conflict, notFound } from "../errors.ts";
import { partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { type PatchShape, patched, pathOf } from "../patch.ts";
import type { ApiKeyRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

const KEY_ID_LENGTH = 10;
const KEY_VALUE_LENGTH = 40;
const MIN_VALUE_LENGTH = 20;
const MAX_VALUE_LENGTH = 128;
const MAX_NAME_LENGTH = 1024;
const MAX_DESCRIPTION_LENGTH = 125_000;

export const createApiKey =
  (room: Room): Operation<"CreateApiKey"> =>
  async (_ctx, { generateDistinctId: _, stageKeys = [], name, value: given, ...input }) => {
    // AWS: an empty name is no name, and for an empty value one is made.
    const value = given || room.ids.mixed(KEY_VALUE_LENGTH);
    if (value.length < MIN_VALUE_LENGTH) throw badRequest("API Key value should be at least 20 characters");
    if (value.length > MAX_VALUE_LENGTH) throw badRequest("API Key value exceeds maximum size of 128 characters");
    if (room.keyIds.has(value)) throw conflict("API Key already exists");
    const key = newKey(room, {
      ...input,
      ...(name ? { name } : {}),
      value,
      stageKeys: stageKeys.map(({ restApiId, stageName }) => `${restApiId}/${stageName}`),
    });
    checkKey(key);
    room.records.atomically(() => putKey(room, key));
    return apiKeyView(key, true);
  };

/** A key that is not kept yet. */
export const newKey = (
  { ids, clock }: Pick<Room, "ids" | "clock">,
  given: Omit<ApiKeyRecord, "id" | "createdAt" | "updatedAt">,
): ApiKeyRecord => {
  const now = clock.now();
  return { enabled: false, ...given, id: ids.lower(KEY_ID_LENGTH), createdAt: now, updatedAt: now };
};

/** Keeps a key, under its id and its value. */
export const putKey = ({ apiKeys, keyIds }: Pick<Room, "apiKeys" | "keyIds">, key: ApiKeyRecord): void => {
  apiKeys.put(key.id, key);
  keyIds.put(key.value, key.id);
};

const checkKey = ({ name = "", description = "" }: ApiKeyRecord): void => {
  if (name.length > MAX_NAME_LENGTH) throw badRequest("Invalid API Key name, can be at most 1024 characters.");
  if (description.length > MAX_DESCRIPTION_LENGTH) throw badRequest("Invalid API Key description specified.");
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
    const { items, ...next } = page(newestFirst(wanted), paging);
    return { items: items.map((key) => apiKeyView(key, includeValues)), ...next };
  };

/** AWS: keys are listed from the newest to the oldest. */
export const newestFirst = (keys: readonly ApiKeyRecord[]): ApiKeyRecord[] =>
  keys.toSorted((one, other) => other.createdAt - one.createdAt);

/** In the order in which AWS's message lists them. */
const SHAPE: PatchShape = { description: "text", enabled: "boolean", name: "text", customerId: "text" };

export const updateApiKey =
  (room: Room): Operation<"UpdateApiKey"> =>
  async (_ctx, { apiKey, patchOperations }) => {
    const key = {
      ...patchedKey(findKey(room, apiKey), patchOperations ?? []),
      updatedAt: room.clock.now(),
    };
    checkKey(key);
    room.apiKeys.put(apiKey, key);
    return { tags: {}, ...apiKeyView(key, false) };
  };

/** Stages are added and removed; everything else is replaced. */
const patchedKey = (key: ApiKeyRecord, operations: readonly PatchOperation[]): ApiKeyRecord =>
  operations.reduce((current, operation) => {
    const ofStages = pathOf(operation)[0] === "stages";
    return patched(current, [operation], ofStages ? { stages: "list" } : SHAPE, { replaceOnly: !ofStages });
  }, key);

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
