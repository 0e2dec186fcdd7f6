import type { HttpRequest, HttpResponse } from "../../kernel/http.ts";
import type { Rooms } from "../../kernel/rooms.ts";
import type { Records } from "../../store/records.ts";
import { type DomainRoute, domainRestAddress, restAddress } from "./dataPlane/address.ts";
import type { KeyAnswer, KeyUse } from "./dataPlane/apiKeys.ts";
import type { executeRest } from "./dataPlane/executeRest.ts";
import type { Room } from "./room.ts";

/** What the door needs of the cloud: rooms to open, and the store's names, which tell where an API may be. */
export interface RestApiDoorParts {
  readonly rooms: Pick<Rooms, "open" | "peek">;
  readonly records: Records;
}

/** Answers a request for a REST API, which a custom domain may have led to it. */
export type RestApiDoor = (request: HttpRequest, via?: DomainRoute) => Promise<HttpResponse> | undefined;

interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * The front door of all REST APIs. HTTP APIs share its addresses, so it answers only for ids that are here, which the
 * records tell at once; what answers is loaded when the first request comes.
 */
export const restApiDoor = ({ rooms, records }: RestApiDoorParts): RestApiDoor => {
  let answering: typeof executeRest | undefined;
  const places = new Map<string, Place>();
  // Where an API was it still is, unless it is gone: asked again of the one place, not of all.
  const found = (apiId: string): Place | undefined => {
    const known = places.get(apiId);
    if (known && hasApi(records, known, apiId)) return known;
    const place = placeOf(records, apiId);
    if (place) places.set(apiId, place);
    else places.delete(apiId);
    return place;
  };
  return (request, via) => {
    const address = via ? domainRestAddress(via) : restAddress(request);
    const place = address && found(address.apiId);
    if (!address || !place) return undefined;
    const answer = async () => {
      answering ??= (await import("./dataPlane/executeRest.ts")).executeRest;
      const room = await roomAt(rooms, place);
      if (room) return answering(room, request, address);
      request.body.resume();
      return { status: 403, headers: { "content-type": "application/json" }, body: '{"message":"Forbidden"}' };
    };
    return answer();
  };
};

/** Charges API keys for what is no REST API: WebSocket APIs share their keys and usage plans. */
export const apiKeyDoor =
  ({ rooms }: Pick<RestApiDoorParts, "rooms">) =>
  async ({ account, region, ...use }: Place & KeyUse): Promise<KeyAnswer> => {
    const [{ chargeKey }, room] = await Promise.all([
      import("./dataPlane/apiKeys.ts"),
      roomAt(rooms, { account, region }),
    ]);
    return room ? chargeKey(room, use) : { refusal: "INVALID_API_KEY" };
  };

const roomAt = async (rooms: RestApiDoorParts["rooms"], { account, region }: Place): Promise<Room | undefined> => {
  const open = rooms.peek("apigateway", account, region) ?? (await rooms.open("apigateway", account, region));
  const room = open?.room.room;
  return isRestRoom(room) ? room : undefined;
};

const isRestRoom = (room: unknown): room is Room =>
  typeof room === "object" && room !== null && "restApis" in room && "tables" in room;

/** The account and region that have an API of that id. */
const placeOf = (records: Records, apiId: string): Place | undefined =>
  scopesOf(records).find((place) => hasApi(records, place, apiId));

const hasApi = (records: Records, { account, region }: Place, apiId: string): boolean =>
  records.scope(`apigateway/${account}/${region}`).collection("restApis").has(apiId);

/** Accounts and regions that have records of this service. */
const scopesOf = (records: Records): Place[] => {
  const scopes = new Set(records.names().map((name) => name.split("/").slice(0, 3).join("/")));
  return [...scopes].flatMap((scope) => {
    const [service, account = "", region = ""] = scope.split("/");
    return service === "apigateway" ? [{ account, region }] : [];
  });
};
