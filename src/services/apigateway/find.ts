import { notFound, type Part } from "./errors.ts";
import type { MethodRecord, RestApiRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const findApi = ({ restApis, account }: Pick<Room, "restApis" | "account">, id: string): RestApiRecord => {
  const api = restApis.get(id);
  if (!api) throw notFound("API", `${account}:${id}`);
  return api;
};

/** Something of an API, by its id. AWS: of an API that is not there, what is asked of it is said to be missing. */
export const findPart = <V>(
  collection: { get(key: readonly string[]): V | undefined },
  what: Part,
  apiId: string,
  id: string,
): V => {
  const part = collection.get([apiId, id]);
  if (part === undefined) throw notFound(what);
  return part;
};

export const findMethod = (room: Room, apiId: string, resourceId: string, httpMethod: string): MethodRecord => {
  findPart(room.resources, "Resource", apiId, resourceId);
  const method = room.methods.get([apiId, resourceId, httpMethod]);
  if (!method) throw notFound("Method");
  return method;
};

/** All that an API has of one kind. */
export const partsOf = <V>(
  collection: { range(range: { readonly prefix: readonly string[] }): Iterable<{ readonly value: V }> },
  ...prefix: readonly string[]
): V[] => [...collection.range({ prefix })].map(({ value }) => value);
