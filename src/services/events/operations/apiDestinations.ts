import { connectionBy } from "../delivery/apiDestination.ts";
import { apiDestinationExists, apiDestinationNotFound, connectionNotFound } from "../errors.ts";
import { DEFAULT_INVOCATIONS_PER_SECOND, DEFAULT_PAGE_SIZE } from "../limits.ts";
import { nextOf, page } from "../paging.ts";
import type { ApiDestinationRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

type Parts = Pick<Room, "apiDestinations" | "connections" | "clock" | "ids" | "turns">;

export const createApiDestination =
  (room: Parts): Operation<"CreateApiDestination"> =>
  async (ctx, input) => {
    if (room.apiDestinations.has(input.Name)) throw apiDestinationExists(input.Name);
    const now = room.clock.now();
    const destination: ApiDestinationRecord = {
      name: input.Name,
      arn: ctx.arn(`api-destination/${input.Name}/${room.ids.uuid()}`),
      connectionArn: known(room, input.ConnectionArn, "create"),
      endpoint: input.InvocationEndpoint,
      method: input.HttpMethod,
      ratePerSecond: input.InvocationRateLimitPerSecond ?? DEFAULT_INVOCATIONS_PER_SECOND,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      createdAt: now,
      changedAt: now,
    };
    room.apiDestinations.put(destination.name, destination);
    return stateView(room, destination);
  };

const known = (room: Parts, arn: string, verb: string): string => {
  if (!connectionBy(room, arn)) throw connectionNotFound(arn.split("/")[1] ?? arn, verb);
  return arn;
};

/** AWS: a destination is as active as its connection is authorized. */
const stateView = (room: Parts, destination: ApiDestinationRecord) => ({
  ApiDestinationArn: destination.arn,
  ApiDestinationState:
    connectionBy(room, destination.connectionArn)?.state === "AUTHORIZED" ? ("ACTIVE" as const) : ("INACTIVE" as const),
  CreationTime: new Date(destination.createdAt),
  LastModifiedTime: new Date(destination.changedAt),
});

/** What is not named stays as it was. */
export const updateApiDestination =
  (room: Parts): Operation<"UpdateApiDestination"> =>
  async (_ctx, input) => {
    const before = find(room, input.Name, "update");
    const destination: ApiDestinationRecord = {
      ...before,
      ...(input.ConnectionArn === undefined ? {} : { connectionArn: known(room, input.ConnectionArn, "update") }),
      ...(input.InvocationEndpoint === undefined ? {} : { endpoint: input.InvocationEndpoint }),
      ...(input.HttpMethod === undefined ? {} : { method: input.HttpMethod }),
      ...(input.InvocationRateLimitPerSecond === undefined
        ? {}
        : { ratePerSecond: input.InvocationRateLimitPerSecond }),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      changedAt: room.clock.now(),
    };
    room.apiDestinations.put(before.name, destination);
    return stateView(room, destination);
  };

export const describeApiDestination =
  (room: Parts): Operation<"DescribeApiDestination"> =>
  async (_ctx, { Name }) => {
    const destination = find(room, Name, "describe");
    return { ...destinationView(room, destination), Description: destination.description };
  };

const destinationView = (room: Parts, destination: ApiDestinationRecord) => ({
  ...stateView(room, destination),
  Name: destination.name,
  ConnectionArn: destination.connectionArn,
  InvocationEndpoint: destination.endpoint,
  HttpMethod: destination.method,
  InvocationRateLimitPerSecond: destination.ratePerSecond,
});

export const listApiDestinations =
  (room: Parts): Operation<"ListApiDestinations"> =>
  async (_ctx, { NamePrefix = "", ConnectionArn, NextToken, Limit = DEFAULT_PAGE_SIZE }) => {
    const wanted = [...room.apiDestinations.values()].filter(
      ({ name, connectionArn }) => name.startsWith(NamePrefix) && (ConnectionArn ?? connectionArn) === connectionArn,
    );
    const { items, ...next } = page(wanted, ({ name }) => name, NextToken, Limit);
    return { ApiDestinations: items.map((destination) => destinationView(room, destination)), ...nextOf(next) };
  };

export const deleteApiDestination =
  (room: Parts): Operation<"DeleteApiDestination"> =>
  async (_ctx, { Name }) => {
    const { arn } = find(room, Name, "delete");
    room.apiDestinations.delete(Name);
    room.turns.forget(arn);
    return {};
  };

const find = ({ apiDestinations }: Parts, name: string, verb: string): ApiDestinationRecord => {
  const destination = apiDestinations.get(name);
  if (!destination) throw apiDestinationNotFound(name, verb);
  return destination;
};
