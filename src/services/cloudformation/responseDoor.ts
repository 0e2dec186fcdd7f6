import type { HttpRequest, HttpResponse } from "../../kernel/http.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { RESPONSES } from "./responsePath.ts";
import { openRoomOf, type Room } from "./room.ts";

/** AWS: a response may not be longer, https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const MAX_RESPONSE_BYTES = 4096;

/** The address to which a custom resource's function, or a wait condition's machine, sends its answer. */
export const responseUrl = ({ deps, account, region }: Room, token: string): string =>
  `${deps.endpoint()}${RESPONSES}${account}/${region}/${token}`;

/** Takes in what is sent to those addresses; the unguessable token is what AWS's presigned address is. */
export const acceptResponse = async (
  request: HttpRequest,
  open: (account: string, region: string) => Promise<unknown>,
): Promise<HttpResponse> => {
  if (request.method !== "PUT") return answer(405);
  const [account = "", region = "", token = ""] = request.path.slice(RESPONSES.length).split("/");
  const body = await readBody(request);
  if (body === undefined) return answer(413);
  const room = openRoomOf(await open(account, region));
  const response = parse(body);
  if (response === undefined) return answer(400);
  if (room === undefined) return answer(403);
  return answer(takeSignal(room, token, response) || room.responses.deliver(token, response) ? 200 : 403);
};

/** Keeps what is sent to a wait condition's handle, whether or not anybody waits for it yet. */
const takeSignal = (room: Room, token: string, response: JsonObject): boolean => {
  if (!room.tables.handles.has(token)) return false;
  const text = (key: string): string => String(response[key] ?? "");
  // AWS: signals with an id that has been seen do not count again.
  room.tables.signals.put([token, text("UniqueId")], {
    isSuccess: text("Status") === "SUCCESS",
    reason: text("Reason"),
    data: text("Data"),
  });
  room.responses.wake(token);
  return true;
};

const answer = (status: number): HttpResponse => ({ status, headers: { "content-length": "0" } });

const readBody = async ({ body }: HttpRequest): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_RESPONSE_BYTES) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
};

const parse = (body: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(body);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Not JSON: the sender hears of it.
    return undefined;
  }
};
