import type { FrontDoor, HttpRequest, HttpResponse, UpgradeDoor } from "../../kernel/http.ts";
import type { Rooms } from "../../kernel/rooms.ts";
import type { Records } from "../../store/records.ts";
import { apiAddress, domainIn } from "./dataPlane/address.ts";
import type { executeApi } from "./dataPlane/executeApi.ts";
import type { ChargeKey } from "./dataPlane/webSocket/apiKeys.ts";
import type { Room } from "./room.ts";

/** What the door needs of the cloud: rooms to open, and the store's names, which tell where an API may be. */
export interface ExecuteApiParts {
  readonly rooms: Pick<Rooms, "open" | "peek">;
  readonly records: Records;
  /** Who answers for an id that is no HTTP API: REST APIs share the addresses. */
  readonly otherwise?: (request: HttpRequest, via?: MappedAddress) => Promise<HttpResponse> | undefined;
}

/** Where a custom domain's mapping leads. */
interface MappedAddress {
  readonly apiId: string;
  /** Empty where it is left to the path to name a stage. */
  readonly stageName: string;
  readonly path: string;
  readonly mapped: string;
}

interface Place {
  readonly account: string;
  readonly region: string;
}

interface DomainPlace extends Place {
  readonly domainName: string;
}

const openRoom = async (rooms: ExecuteApiParts["rooms"], { account, region }: Place): Promise<Room | undefined> => {
  const open = rooms.peek("apigatewayv2", account, region) ?? (await rooms.open("apigatewayv2", account, region));
  const room = open?.room.room;
  return isApiRoom(room) ? room : undefined;
};

/** Finds the room of an API by its id, and remembers where it was. */
type FindRoom = (apiId: string) => Promise<Room | undefined>;

const createFindRoom = ({ rooms, records }: Pick<ExecuteApiParts, "rooms" | "records">): FindRoom => {
  const places = new Map<string, Place>();
  return async (apiId) => {
    const place = places.get(apiId);
    // Whether the API is still there, its stages tell.
    if (place) return openRoom(rooms, place);
    for (const candidate of scopesOf(records)) {
      const room = await openRoom(rooms, candidate);
      if (!room?.apis.has(apiId)) continue;
      places.set(apiId, candidate);
      return room;
    }
    return undefined;
  };
};

/** The room of a custom domain, and where its mappings lead a path. */
const mappedTo = async (rooms: ExecuteApiParts["rooms"], place: DomainPlace, path: string) => {
  const [room, { domainAddress }] = await Promise.all([openRoom(rooms, place), import("./dataPlane/domainAddress.ts")]);
  return { room, address: room && domainAddress(room, place.domainName, path) };
};

/** The front door of all HTTP APIs. What answers is loaded when the first request comes. */
export const executeApiDoor = ({ rooms, records, otherwise }: ExecuteApiParts): FrontDoor => {
  const roomOf = createFindRoom({ rooms, records });
  let answering: typeof executeApi | undefined;
  const load = async () => {
    answering ??= (await import("./dataPlane/executeApi.ts")).executeApi;
    return answering;
  };
  const atDomain: FrontDoor = (request) => {
    const name = domainIn(request.host);
    const place = name && placeOfDomain(records, name);
    if (!place) return undefined;
    const answer = async (): Promise<HttpResponse> => {
      const { room, address } = await mappedTo(rooms, place, request.path);
      if (room && address && room.apis.has(address.apiId)) return (await load())(room, request, address);
      const elsewhere = address && otherwise?.(request, address);
      if (elsewhere) return elsewhere;
      request.body.resume();
      return { status: 403, headers: { "content-type": "application/json" }, body: '{"message":"Forbidden"}' };
    };
    return answer();
  };
  return (request) => {
    const address = apiAddress(request);
    if (!address) return atDomain(request);
    const answer = async (): Promise<HttpResponse> => {
      const room = await roomOf(address.apiId);
      if (room) return (await load())(room, request, address);
      const elsewhere = otherwise?.(request);
      if (elsewhere) return elsewhere;
      request.body.resume();
      return { status: 404, headers: { "content-type": "application/json" }, body: '{"message":"Not Found"}' };
    };
    return answer();
  };
};

export interface WebSocketParts extends Pick<ExecuteApiParts, "rooms" | "records"> {
  /** Makes the cloud's TLS connections such that functions trust them: they answer by `https://` before the API's name. */
  readonly trusted: () => Promise<unknown>;
  readonly chargeKey: ChargeKey;
}

/** The door of all WebSocket APIs: clients connect at `API.execute-api.localhost/STAGE`, or at a custom domain. */
export const webSocketDoor = ({ rooms, records, trusted, chargeKey }: WebSocketParts): UpgradeDoor => {
  const roomOf = createFindRoom({ rooms, records });
  const finder = (host: string, path: string) => {
    const address = apiAddress({ host, path });
    if (address) return async () => ({ room: await roomOf(address.apiId), address });
    const name = domainIn(host);
    const place = name && placeOfDomain(records, name);
    return place ? () => mappedTo(rooms, place, path) : undefined;
  };
  return (upgrade) => {
    const { headers, url = "/" } = upgrade.message;
    const [host, path] = [headers.host ?? "", url.split("?")[0] ?? "/"];
    const find = finder(host, path);
    if (!find) return false;
    const answer = async () => {
      const [{ connect, refuse }, { room, address }] = await Promise.all([
        import("./dataPlane/webSocket/connect.ts"),
        find(),
        trusted(),
      ]);
      if (room && address) await connect(room, upgrade, address, chargeKey);
      else refuse(upgrade, 403);
    };
    answer().catch(() => upgrade.socket.destroy());
    return true;
  };
};

const isApiRoom = (room: unknown): room is Room =>
  typeof room === "object" && room !== null && "tables" in room && "apis" in room;

/** Accounts and regions that have records of this service. */
const scopesOf = (records: Records): Place[] => {
  const scopes = new Set(records.names().map((name) => name.split("/").slice(0, 3).join("/")));
  return [...scopes].flatMap((scope) => {
    const [service, account = "", region = ""] = scope.split("/");
    return service === "apigatewayv2" ? [{ account, region }] : [];
  });
};

/** Where a custom domain is kept: under its own name, or under the wildcard of the domain above it. */
const placeOfDomain = (records: Records, name: string): DomainPlace | undefined => {
  const wildcard = name.replace(/^[^.]+/, "*");
  for (const place of scopesOf(records)) {
    const domains = records.scope(`apigatewayv2/${place.account}/${place.region}`).collection("domainNames");
    const domainName = [name, wildcard].find((one) => domains.has(one));
    if (domainName !== undefined) return { ...place, domainName };
  }
  return undefined;
};
