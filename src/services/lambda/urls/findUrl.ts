import type { HttpRequest, HttpResponse } from "../../../kernel/http.ts";
import type { Rooms } from "../../../kernel/rooms.ts";
import type { Records } from "../../../store/records.ts";
import { isLambdaRoom, type Room } from "../room.ts";
import type { UrlAddress } from "./address.ts";
import { answerUrl } from "./answerUrl.ts";
import { FORBIDDEN, NO_SUCH_URL } from "./urlResponse.ts";

interface UrlPlace {
  readonly account: string;
  readonly region: string;
  readonly key: readonly [string, string];
}

interface Parts {
  readonly rooms: Pick<Rooms, "open">;
  readonly records: Records;
}

/** Where URLs have been found, by id: ids are random, so one never comes to be another's. */
const places = new Map<string, UrlPlace>();
const MAX_PLACES = 10_000;

/** Answers a request for whichever function URL has that id, in whatever account and region. */
export const answerAddressed = async (
  parts: Parts,
  request: HttpRequest,
  address: UrlAddress,
): Promise<HttpResponse> => {
  const found = await findUrl(parts, address.urlId);
  if (found) return answerUrl(found.room, found.url, request, address);
  request.body.resume();
  // AWS: one that has been is told otherwise than one that never was.
  return places.has(address.urlId) ? FORBIDDEN : NO_SUCH_URL;
};

const findUrl = async (parts: Parts, urlId: string) => {
  const place = places.get(urlId);
  const room = place && (await roomAt(parts, place));
  const url = place && room?.urls.get(place.key);
  if (room && url?.urlId === urlId) return { room, url };
  for (const scope of scopesOf(parts.records)) {
    const candidate = await roomAt(parts, scope);
    for (const { value } of candidate?.urls.range() ?? []) {
      if (!candidate || value.urlId !== urlId) continue;
      if (places.size >= MAX_PLACES) places.clear();
      places.set(urlId, { ...scope, key: [value.functionName, value.qualifier] });
      return { room: candidate, url: value };
    }
  }
  return undefined;
};

const roomAt = async (
  { rooms }: Parts,
  { account, region }: Pick<UrlPlace, "account" | "region">,
): Promise<Room | undefined> => {
  const room = (await rooms.open("lambda", account, region))?.room.room;
  return isLambdaRoom(room) ? room : undefined;
};

/** Accounts and regions that have records of this service. */
const scopesOf = (records: Records): Pick<UrlPlace, "account" | "region">[] => {
  const scopes = new Set(records.names().map((name) => name.split("/").slice(0, 3).join("/")));
  return [...scopes].flatMap((scope) => {
    const [service, account = "", region = ""] = scope.split("/");
    return service === "lambda" ? [{ account, region }] : [];
  });
};
