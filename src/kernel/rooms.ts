import type { Records } from "../store/records.ts";
import type { AuthorizationRequest } from "./authorization.ts";
import type { ServiceName } from "./aws.ts";
import type { Context } from "./context.ts";
import type { RoomDeps, Service } from "./service.ts";

/** Loads a service's door on its first use, so that start-up pays for none. */
export type ServiceLoaders = { readonly [S in ServiceName]?: () => Promise<AnyService> };

/** A service whose room and operations are known only to itself. */
export interface AnyService
  extends Pick<
    Service,
    | "name"
    | "model"
    | "scope"
    | "stateOf"
    | "resources"
    | "constraints"
    | "validationErrorCode"
    | "invalidInput"
    | "missingMember"
    | "brokenMember"
    | "namesInputInViolations"
    | "quickReaders"
    | "maxBodyBytes"
    | "ownerOf"
  > {
  readonly unsigned?: "all" | readonly string[];
  open(deps: RoomDeps): OpenRoom;
  readonly operationNames: readonly string[];
}

/** An open room, with its types behind it. */
export interface OpenRoom {
  /** The built operation of that name, or undefined. */
  operation(name: string): ((ctx: Context, input: unknown) => Promise<unknown>) | undefined;
  authorizationOf(ctx: Context, operation: string, input: unknown): readonly AuthorizationRequest[];
  /** The room itself, for the doors beside the API that cloud.ts joins to it. */
  readonly room: unknown;
  resume(): void;
  close(): Promise<void>;
}

export interface OpenService {
  readonly service: AnyService;
  readonly room: OpenRoom;
}

/** The cloud's rooms: each service once per account and region, opened on first use. */
export interface Rooms {
  load(name: ServiceName): Promise<AnyService | undefined>;
  /** The same without waiting, when it is loaded already. */
  loaded(name: ServiceName): AnyService | undefined;
  open(name: ServiceName, account: string, region: string): Promise<OpenService | undefined>;
  /** The same without waiting, when it is open already. */
  peek(name: ServiceName, account: string, region: string): OpenService | undefined;
  /** Opens every room that has records and lets it take up unfinished work. */
  resume(): Promise<void>;
  /** Closes all rooms, the last opened first. */
  close(): Promise<void>;
}

/** Wraps a typed service so that the rest of the cloud can hold it. The one place where its types are set aside. */
export const defineService = <Room, S extends ServiceName>(service: Service<Room, S>): AnyService => ({
  ...service,
  operationNames: Object.keys(service.operations),
  open: (deps) => {
    const room = service.open(deps);
    const bound = new Map<string, (ctx: Context, input: unknown) => Promise<unknown>>();
    type Bindable = Readonly<
      Record<string, ((room: Room) => (ctx: Context, input: unknown) => Promise<unknown>) | undefined>
    >;
    type Iam = Readonly<
      Record<
        string,
        | ((room: Room, ctx: Context, input: unknown) => AuthorizationRequest | readonly AuthorizationRequest[])
        | undefined
      >
    >;
    // Validation has made the input what the operation's type says before either table is used.
    const operations = service.operations as Bindable;
    const iam = service.iam as Iam;
    return {
      room,
      operation: (name) => {
        const known = bound.get(name);
        if (known) return known;
        const made = Object.hasOwn(operations, name) ? operations[name]?.(room) : undefined;
        if (made) bound.set(name, made);
        return made;
      },
      authorizationOf: (ctx, operation, input) => {
        const requests = iam[operation]?.(room, ctx, input) ?? {
          action: `${service.name}:${operation}`,
          resource: "*",
        };
        return Array.isArray(requests) ? requests : [requests as AuthorizationRequest];
      },
      resume: () => service.resume?.(room, deps),
      close: async () => service.close?.(room),
    };
  },
});

interface RoomsParts {
  readonly loaders: ServiceLoaders;
  readonly records: Records;
  readonly depsFor: (service: AnyService, account: string, region: string) => RoomDeps;
}

/** Opens rooms as they are needed. */
export const createRooms = ({ loaders, records, depsFor }: RoomsParts): Rooms => {
  const services = new Map<string, Promise<AnyService>>();
  const open = new Map<string, OpenService>();
  const loaded = new Map<string, AnyService>();

  const load = async (name: ServiceName) => {
    const known = services.get(name);
    if (known) return known;
    const loader = loaders[name];
    if (!loader) return undefined;
    const loading = loader();
    services.set(name, loading);
    loaded.set(name, await loading);
    return loading;
  };
  const peek = (name: ServiceName, account: string, region: string) => {
    const service = loaded.get(name);
    return service && open.get(scopeKey(service, account, region));
  };
  const openRoom = async (name: ServiceName, account: string, region: string) => {
    const service = await load(name);
    if (!service) return undefined;
    const key = scopeKey(service, account, region);
    const known = open.get(key);
    if (known) return known;
    const opened = {
      service,
      room: service.open(depsFor(service, account, region)),
    };
    open.set(key, opened);
    return opened;
  };
  return {
    load,
    loaded: (name) => loaded.get(name),
    peek,
    open: openRoom,
    resume: async () => {
      for (const { name, account, region } of scopesWithRecords(records)) {
        if (name in loaders) (await openRoom(name as ServiceName, account, region))?.room.resume();
      }
    },
    close: async () => {
      for (const { room } of [...open.values()].reverse()) await room.close();
      open.clear();
    },
  };
};

/** `service/account/region`; `-` stands for what the service's state is not divided by. */
const scopeKey = (service: AnyService, account: string, region: string): string => {
  if (service.scope === "partition") return `${service.name}/-/-`;
  return service.scope === "account" ? `${service.name}/${account}/-` : `${service.name}/${account}/${region}`;
};

/** The same for the records it opens, which may be another service's. */
export const recordsKey = (service: AnyService, account: string, region: string): string =>
  scopeKey({ ...service, name: service.stateOf ?? service.name }, account, region);

const scopesWithRecords = (records: Records) => {
  const scopes = new Set(records.names().map((name) => name.split("/").slice(0, 3).join("/")));
  return [...scopes].map((scope) => {
    const [name = "", account = "", region = ""] = scope.split("/");
    return { name, account, region };
  });
};
