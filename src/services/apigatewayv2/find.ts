import { known } from "../../kernel/errors.ts";
import { noSuchDomain, notFound, type Part } from "./errors.ts";
import type { ApiRecord, DomainNameRecord } from "./records.ts";
import type { Room } from "./room.ts";

export const findApi = ({ apis, account }: Pick<Room, "apis" | "account">, apiId: string): ApiRecord => {
  const api = apis.get(apiId);
  if (!api) throw notFound("API", `${account}:${apiId}`);
  return api;
};

export const findDomain = ({ domainNames }: Pick<Room, "domainNames">, name: string): DomainNameRecord => {
  const domain = domainNames.get(name);
  if (!domain) throw noSuchDomain();
  return domain;
};

/** Something of an API, by its id. */
export const findPart = <V>(
  room: Room,
  collection: { get(key: readonly string[]): V | undefined },
  what: Part,
  apiId: string,
  id: string,
): V => {
  findApi(room, apiId);
  const part = collection.get([apiId, id]);
  if (part === undefined) throw notFound(what, id);
  return known(part, what);
};

/** Something of a route or an integration, by the ids of the API, of its holder and its own. */
export const findSubpart = <V>(
  collection: { get(key: readonly string[]): V | undefined },
  what: "RouteResponse" | "IntegrationResponse",
  key: readonly string[],
): V => {
  const part = collection.get(key);
  if (part === undefined) throw notFound(what, key.at(-1) ?? "");
  return part;
};

/** All that an API, or what a list of ids names of it, has of one kind. */
export const subpartsOf = <V>(
  collection: { range(range: { readonly prefix: readonly string[] }): Iterable<{ readonly value: V }> },
  prefix: readonly string[],
): V[] => [...collection.range({ prefix })].map(({ value }) => value);

/** All that an API has of one kind. */
export const partsOf = <V>(
  collection: { range(range: { readonly prefix: readonly string[] }): Iterable<{ readonly value: V }> },
  apiId: string,
): V[] => [...collection.range({ prefix: [apiId] })].map(({ value }) => value);
