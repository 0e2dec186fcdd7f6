import { known } from "../../kernel/errors.ts";
import { notFound } from "./errors.ts";
import type { ApiRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const findApi = ({ apis, account }: Pick<Room, "apis" | "account">, apiId: string): ApiRecord => {
  const api = apis.get(apiId);
  if (!api) throw notFound("API", `${account}:${apiId}`);
  return api;
};

/** Something of an API, by its id. */
export const findPart = <V>(
  room: Room,
  collection: { get(key: readonly string[]): V | undefined },
  what: "Route" | "Integration" | "Stage" | "Deployment" | "Authorizer",
  apiId: string,
  id: string,
): V => {
  findApi(room, apiId);
  const part = collection.get([apiId, id]);
  if (part === undefined) throw notFound(what, id);
  return known(part, what);
};

/** All that an API has of one kind. */
export const partsOf = <V>(
  collection: { range(range: { readonly prefix: readonly string[] }): Iterable<{ readonly value: V }> },
  apiId: string,
): V[] => [...collection.range({ prefix: [apiId] })].map(({ value }) => value);
