import { entityExists, invalidInput, noSuchEntity } from "../errors.ts";
import { page } from "../paging.ts";
import type { OidcProviderRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { tagged, tagsOf, untagged } from "../tags.ts";
import { tagView } from "../views.ts";

export const createOpenIDConnectProvider =
  (room: Room): Operation<"CreateOpenIDConnectProvider"> =>
  async (_ctx, input) => {
    if (!/^https:\/\//i.test(input.Url)) throw invalidInput("Invalid Open ID Connect Provider URL");
    const url = input.Url.replace(/^https:\/\//i, "").replace(/\/$/, "");
    const arn = `arn:${room.partition}:iam::${room.account}:oidc-provider/${url}`;
    if (room.oidcProviders.has(arn)) throw entityExists(`Provider with url ${input.Url} already exists.`);
    const provider: OidcProviderRecord = {
      arn,
      url,
      clientIds: input.ClientIDList ?? [],
      thumbprints: input.ThumbprintList ?? [],
      createdAt: room.clock.now(),
      tags: tagsOf(input.Tags),
    };
    room.oidcProviders.put(arn, provider);
    return { OpenIDConnectProviderArn: arn, Tags: provider.tags.map(tagView) };
  };

export const getOpenIDConnectProvider =
  (room: Room): Operation<"GetOpenIDConnectProvider"> =>
  async (_ctx, input) => {
    const { url, clientIds, thumbprints, createdAt, tags } = find(room, input.OpenIDConnectProviderArn);
    return {
      Url: url,
      ClientIDList: [...clientIds],
      ThumbprintList: [...thumbprints],
      CreateDate: new Date(createdAt),
      Tags: tags.map(tagView),
    };
  };

export const listOpenIDConnectProviders =
  ({ oidcProviders }: Room): Operation<"ListOpenIDConnectProviders"> =>
  async () => ({ OpenIDConnectProviderList: [...oidcProviders.range()].map(({ value }) => ({ Arn: value.arn })) });

/** AWS: deleting one that is not there is a success. */
export const deleteOpenIDConnectProvider =
  ({ oidcProviders }: Room): Operation<"DeleteOpenIDConnectProvider"> =>
  async (_ctx, input) => {
    oidcProviders.delete(input.OpenIDConnectProviderArn);
    return {};
  };

export const updateOpenIDConnectProviderThumbprint =
  (room: Room): Operation<"UpdateOpenIDConnectProviderThumbprint"> =>
  async (_ctx, input) => {
    change(room, input.OpenIDConnectProviderArn, () => ({ thumbprints: input.ThumbprintList }));
    return {};
  };

export const addClientIDToOpenIDConnectProvider =
  (room: Room): Operation<"AddClientIDToOpenIDConnectProvider"> =>
  async (_ctx, input) => {
    change(room, input.OpenIDConnectProviderArn, ({ clientIds }) => ({
      clientIds: [...new Set([...clientIds, input.ClientID])],
    }));
    return {};
  };

export const removeClientIDFromOpenIDConnectProvider =
  (room: Room): Operation<"RemoveClientIDFromOpenIDConnectProvider"> =>
  async (_ctx, input) => {
    change(room, input.OpenIDConnectProviderArn, ({ clientIds }) => ({
      clientIds: clientIds.filter((id) => id !== input.ClientID),
    }));
    return {};
  };

export const tagOpenIDConnectProvider =
  (room: Room): Operation<"TagOpenIDConnectProvider"> =>
  async (_ctx, input) => {
    change(room, input.OpenIDConnectProviderArn, ({ tags }) => ({ tags: tagged(tags, input.Tags) }));
    return {};
  };

export const untagOpenIDConnectProvider =
  (room: Room): Operation<"UntagOpenIDConnectProvider"> =>
  async (_ctx, input) => {
    change(room, input.OpenIDConnectProviderArn, ({ tags }) => ({ tags: untagged(tags, input.TagKeys) }));
    return {};
  };

export const listOpenIDConnectProviderTags =
  (room: Room): Operation<"ListOpenIDConnectProviderTags"> =>
  async (_ctx, input) => {
    const { items, paging } = page(find(room, input.OpenIDConnectProviderArn).tags, input);
    return { Tags: items.map(tagView), ...paging };
  };

const find = ({ oidcProviders }: Room, arn: string): OidcProviderRecord => {
  const provider = oidcProviders.get(arn);
  if (!provider) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  return provider;
};

const change = (room: Room, arn: string, how: (provider: OidcProviderRecord) => Partial<OidcProviderRecord>): void => {
  const provider = find(room, arn);
  room.oidcProviders.put(arn, { ...provider, ...how(provider) });
};
