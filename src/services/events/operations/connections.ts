import type { ConnectionSecret } from "../../../engines/connections/secret.ts";
import type { Context } from "../../../kernel/context.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { startAuthorizing } from "../delivery/authorize.ts";
import { keptOf, readSecret, secretOf, shownParameters } from "../delivery/connectionSecret.ts";
import { connectionExists, connectionNotFound } from "../errors.ts";
import { DEFAULT_PAGE_SIZE } from "../limits.ts";
import { nextOf, page } from "../paging.ts";
import type { ConnectionRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

/** AWS: the caller makes the secret, and must be allowed to. */
export const createConnection =
  (room: Room): Operation<"CreateConnection"> =>
  async (ctx, input) => {
    const { Name: name, AuthorizationType: type, AuthParameters: given } = input;
    refusePrivate(input.InvocationConnectivityParameters ?? given.ConnectivityParameters);
    if (room.connections.has(name)) throw connectionExists(name);
    const secret = secretOf(type, given);
    const { ARN = "" } = await ctx.call("secretsmanager", "CreateSecret", {
      Name: `events!connection/${name}/${room.ids.uuid()}`,
      ClientRequestToken: room.ids.uuid(),
      SecretString: JSON.stringify(secret),
      KmsKeyId: input.KmsKeyIdentifier,
    });
    const now = room.clock.now();
    const connection: ConnectionRecord = {
      name,
      arn: ctx.arn(`connection/${name}/${room.ids.uuid()}`),
      secretArn: ARN,
      authorizationType: type,
      ...authorized(type, now),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.KmsKeyIdentifier === undefined ? {} : { kmsKey: input.KmsKeyIdentifier }),
      createdAt: now,
      changedAt: now,
    };
    room.connections.put(name, connection);
    startAuthorizing(room, name);
    const { LastAuthorizedTime: _, ...view } = stateView(connection);
    return view;
  };

const refusePrivate = (connectivity: object | undefined): void => {
  if (connectivity !== undefined) throw new NotImplemented("EventBridge connections to private APIs");
};

/** Only OAuth has somebody to be asked first. */
const authorized = (type: ConnectionRecord["authorizationType"], now: number) =>
  type === "OAUTH_CLIENT_CREDENTIALS"
    ? { state: "AUTHORIZING" as const }
    : { state: "AUTHORIZED" as const, authorizedAt: now };

const stateView = (connection: ConnectionRecord) => ({
  ConnectionArn: connection.arn,
  ConnectionState: connection.state,
  CreationTime: new Date(connection.createdAt),
  LastModifiedTime: new Date(connection.changedAt),
  LastAuthorizedTime: connection.authorizedAt === undefined ? undefined : new Date(connection.authorizedAt),
});

/** What is not named stays as it was; a connection of another type begins with what is given. */
export const updateConnection =
  (room: Room): Operation<"UpdateConnection"> =>
  async (ctx, input) => {
    const before = find(room, input.Name, "update");
    const { AuthorizationType: type = before.authorizationType, AuthParameters: given } = input;
    refusePrivate(input.InvocationConnectivityParameters ?? given?.ConnectivityParameters);
    const now = room.clock.now();
    await putSecret(room, ctx, before, await changedSecret(room, before, type, given));
    const { stateReason: _, ...kept } = before;
    const connection: ConnectionRecord = {
      ...kept,
      authorizationType: type,
      ...authorized(type, now),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.KmsKeyIdentifier === undefined ? {} : { kmsKey: input.KmsKeyIdentifier }),
      changedAt: now,
    };
    room.connections.put(before.name, connection);
    room.tokens.drop(before.arn);
    startAuthorizing(room, before.name);
    return stateView(connection);
  };

const changedSecret = async (
  room: Room,
  before: ConnectionRecord,
  type: ConnectionRecord["authorizationType"],
  given: Parameters<Operation<"UpdateConnection">>[1]["AuthParameters"] = {},
): Promise<ConnectionSecret> =>
  type === before.authorizationType ? { ...(await readSecret(room, before)), ...keptOf(given) } : secretOf(type, given);

const putSecret = (room: Room, ctx: Context, { secretArn }: ConnectionRecord, secret: ConnectionSecret) =>
  ctx.call("secretsmanager", "PutSecretValue", {
    SecretId: secretArn,
    ClientRequestToken: room.ids.uuid(),
    SecretString: JSON.stringify(secret),
  });

export const describeConnection =
  (room: Room): Operation<"DescribeConnection"> =>
  async (_ctx, { Name }) => {
    const connection = find(room, Name, "describe");
    return {
      ...connectionView(connection),
      Description: connection.description,
      SecretArn: connection.secretArn,
      KmsKeyIdentifier: connection.kmsKey,
      AuthParameters: shownParameters(await readSecret(room, connection)),
    };
  };

const connectionView = (connection: ConnectionRecord) => ({
  ...stateView(connection),
  Name: connection.name,
  StateReason: connection.stateReason,
  AuthorizationType: connection.authorizationType,
});

export const listConnections =
  (room: Room): Operation<"ListConnections"> =>
  async (_ctx, { NamePrefix = "", ConnectionState, NextToken, Limit = DEFAULT_PAGE_SIZE }) => {
    const wanted = [...room.connections.values()].filter(
      ({ name, state }) => name.startsWith(NamePrefix) && (ConnectionState ?? state) === state,
    );
    const { items, ...next } = page(wanted, ({ name }) => name, NextToken, Limit);
    return { Connections: items.map(connectionView), ...nextOf(next) };
  };

/** AWS: what a connection could show is forgotten; it stays, for parameters that are given anew. */
export const deauthorizeConnection =
  (room: Room): Operation<"DeauthorizeConnection"> =>
  async (ctx, { Name }) => {
    const before = find(room, Name, "deauthorize");
    await putSecret(room, ctx, before, {});
    const connection: ConnectionRecord = { ...before, state: "DEAUTHORIZED", changedAt: room.clock.now() };
    room.connections.put(before.name, connection);
    room.tokens.drop(before.arn);
    return { ...stateView(connection), ConnectionState: "DEAUTHORIZING" };
  };

export const deleteConnection =
  (room: Room): Operation<"DeleteConnection"> =>
  async (ctx, { Name }) => {
    const connection = find(room, Name, "delete");
    const secret = { SecretId: connection.secretArn, ForceDeleteWithoutRecovery: true };
    await ctx.call("secretsmanager", "DeleteSecret", secret);
    room.connections.delete(connection.name);
    room.tokens.drop(connection.arn);
    return { ...stateView(connection), ConnectionState: "DELETING" };
  };

const find = ({ connections }: Pick<Room, "connections">, name: string, verb: string): ConnectionRecord => {
  const connection = connections.get(name);
  if (!connection) throw connectionNotFound(name, verb);
  return connection;
};
