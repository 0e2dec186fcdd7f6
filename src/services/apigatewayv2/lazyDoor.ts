import type { FrontDoor, HttpResponse, UpgradeDoor } from "../../kernel/http.ts";
import type { Rooms } from "../../kernel/rooms.ts";
import type { Records } from "../../store/records.ts";
import { apiAddress } from "./dataPlane/address.ts";
import type { executeApi } from "./dataPlane/executeApi.ts";
import type { Room } from "./room.ts";

/** What the door needs of the cloud: rooms to open, and the store's names, which tell where an API may be. */
export interface ExecuteApiParts {
  readonly rooms: Pick<Rooms, "open" | "peek">;
  readonly records: Records;
  /** Who answers for an id that is no HTTP API: REST APIs share the addresses. */
  readonly otherwise?: FrontDoor;
}

interface Place {
  readonly account: string;
  readonly region: string;
}

/** Finds the room of an API by its id, and remembers where it was. */
type FindRoom = (apiId: string) => Promise<Room | undefined>;

const createFindRoom = ({ rooms, records }: Pick<ExecuteApiParts, "rooms" | "records">): FindRoom => {
  const places = new Map<string, Place>();
  const roomAt = async ({ account, region }: Place): Promise<Room | undefined> => {
    const open = rooms.peek("apigatewayv2", account, region) ?? (await rooms.open("apigatewayv2", account, region));
    const room = open?.room.room;
    return isApiRoom(room) ? room : undefined;
  };
  return async (apiId) => {
    const place = places.get(apiId);
    // Whether the API is still there, its stages tell.
    if (place) return roomAt(place);
    for (const candidate of scopesOf(records)) {
      const room = await roomAt(candidate);
      if (!room?.apis.has(apiId)) continue;
      places.set(apiId, candidate);
      return room;
    }
    return undefined;
  };
};

/** The front door of all HTTP APIs. What answers is loaded when the first request comes. */
export const executeApiDoor = ({ rooms, records, otherwise }: ExecuteApiParts): FrontDoor => {
  const roomOf = createFindRoom({ rooms, records });
  let answering: typeof executeApi | undefined;
  const load = async () => {
    answering ??= (await import("./dataPlane/executeApi.ts")).executeApi;
    return answering;
  };
  return (request) => {
    const address = apiAddress(request);
    if (!address) return undefined;
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

/** The door of all WebSocket APIs: clients connect at `API.execute-api.localhost/STAGE`. */
export const webSocketDoor = ({ rooms, records }: Pick<ExecuteApiParts, "rooms" | "records">): UpgradeDoor => {
  const roomOf = createFindRoom({ rooms, records });
  return (upgrade) => {
    const { headers, url = "/" } = upgrade.message;
    const address = apiAddress({ host: headers.host ?? "", path: url.split("?")[0] ?? "/" });
    if (!address) return false;
    const answer = async () => {
      const [{ connect, refuse }, room] = await Promise.all([
        import("./dataPlane/webSocket/connect.ts"),
        roomOf(address.apiId),
      ]);
      if (room) await connect(room, upgrade, address);
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
