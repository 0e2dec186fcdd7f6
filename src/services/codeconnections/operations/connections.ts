import { NotImplemented } from "../../../kernel/errors.ts";
import { openName, sealName } from "../../../kernel/paging.ts";
import { connectionNotFound, invalidInput, tooManyConnections } from "../errors.ts";
import { DEFAULT_PAGE_SIZE, MAX_CONNECTIONS } from "../limits.ts";
import type { ConnectionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

/** Differs: on AWS a person completes the handshake with the provider; here a connection is available at once. */
export const createConnection =
  ({ connections, ids }: Room): Operation<"CreateConnection"> =>
  async (ctx, { ConnectionName, ProviderType, HostArn, Tags = [] }) => {
    if (HostArn !== undefined) throw new NotImplemented("connections to hosts (HostArn)");
    if (ProviderType === undefined) throw invalidInput("ProviderType or HostArn must be specified");
    if (connections.count() >= MAX_CONNECTIONS) throw tooManyConnections();
    const connection: ConnectionRecord = {
      name: ConnectionName,
      arn: ctx.arn(`connection/${ids.uuid()}`),
      providerType: ProviderType,
      accountId: ctx.account,
      tags: Tags.map(({ Key, Value }) => ({ key: Key, value: Value })),
    };
    connections.put(connection.arn, connection);
    return { ConnectionArn: connection.arn, Tags: tagsView(connection) };
  };

export const getConnection =
  (room: Room): Operation<"GetConnection"> =>
  async (_ctx, { ConnectionArn }) => ({ Connection: connectionView(findConnection(room, ConnectionArn)) });

export const deleteConnection =
  (room: Room): Operation<"DeleteConnection"> =>
  async (_ctx, { ConnectionArn }) => {
    findConnection(room, ConnectionArn);
    room.connections.delete(ConnectionArn);
    return {};
  };

export const listConnections =
  ({ connections }: Room): Operation<"ListConnections"> =>
  async (_ctx, { ProviderTypeFilter, MaxResults = DEFAULT_PAGE_SIZE, NextToken }) => {
    const after = NextToken === undefined ? {} : { gt: openName(NextToken, () => invalidInput("Invalid next token")) };
    const all = [...connections.range(after)].map(({ value }) => value);
    const own = all.filter(
      ({ providerType }) => ProviderTypeFilter === undefined || providerType === ProviderTypeFilter,
    );
    const page = own.slice(0, MaxResults);
    const last = own.length > page.length ? page.at(-1) : undefined;
    return {
      Connections: page.map(connectionView),
      ...(last ? { NextToken: sealName(last.arn) } : {}),
    };
  };

export const tagResource =
  (room: Room): Operation<"TagResource"> =>
  async (_ctx, { ResourceArn, Tags }) => {
    const connection = findConnection(room, ResourceArn);
    const kept = connection.tags.filter(({ key }) => !Tags.some(({ Key }) => Key === key));
    const tags = [...kept, ...Tags.map(({ Key, Value }) => ({ key: Key, value: Value }))];
    room.connections.put(connection.arn, { ...connection, tags });
    return {};
  };

export const untagResource =
  (room: Room): Operation<"UntagResource"> =>
  async (_ctx, { ResourceArn, TagKeys }) => {
    const connection = findConnection(room, ResourceArn);
    const tags = connection.tags.filter(({ key }) => !TagKeys.includes(key));
    room.connections.put(connection.arn, { ...connection, tags });
    return {};
  };

export const listTagsForResource =
  (room: Room): Operation<"ListTagsForResource"> =>
  async (_ctx, { ResourceArn }) => ({ Tags: tagsView(findConnection(room, ResourceArn)) });

const findConnection = ({ connections }: Room, arn: string): ConnectionRecord => {
  const found = connections.get(arn);
  if (!found) throw connectionNotFound(arn);
  return found;
};

const connectionView = ({ name, arn, providerType, accountId }: ConnectionRecord) => ({
  ConnectionName: name,
  ConnectionArn: arn,
  ProviderType: providerType,
  OwnerAccountId: accountId,
  ConnectionStatus: "AVAILABLE" as const,
});

const tagsView = ({ tags }: ConnectionRecord) => tags.map(({ key, value }) => ({ Key: key, Value: value }));
