import type { HttpRequest, HttpResponse, ServiceCall } from "../../../kernel/http.ts";
import type { Room } from "../room.ts";
import { certificateOf } from "../signing/signer.ts";

export interface DoorParts {
  /** Opens the room of an account and region. */
  readonly open: (account: string, region: string) => Promise<unknown>;
  readonly call: ServiceCall;
  readonly account: string;
  readonly region: string;
}

const PATH = /^\/_aloft\/sns\/(\d{12})\/([a-z0-9-]+)\/SimpleNotificationService-([0-9a-f]+)\.pem$/;

/** The certificate by which receivers verify messages: to anybody, as on AWS. */
export const showCertificate = async ({ path }: HttpRequest, { open }: DoorParts): Promise<HttpResponse> => {
  const [, account = "", region = "", id = ""] = PATH.exec(path) ?? [];
  const room = id === "" ? undefined : await open(account, region);
  const certificate = isRoom(room) ? certificateOf(room, id) : undefined;
  if (certificate === undefined) {
    return { status: 404, headers: { "content-type": "text/plain" }, body: "There is no such certificate.\n" };
  }
  return { status: 200, headers: { "content-type": "application/x-pem-file" }, body: certificate };
};

const isRoom = (room: unknown): room is Pick<Room, "signingKeys"> =>
  typeof room === "object" && room !== null && "signingKeys" in room;

/** Does what a SubscribeURL or an UnsubscribeURL says, for nobody in particular. */
export const followLink = (request: HttpRequest, parts: DoorParts): Promise<HttpResponse> => {
  const query = new URLSearchParams(request.rawQuery);
  const arn = query.get("TopicArn") ?? query.get("SubscriptionArn") ?? "";
  const [, , , region, account] = arn.split(":");
  return parts.call(
    { kind: "anonymous", account: account ?? parts.account },
    {
      service: "sns",
      region: region ?? parts.region,
      action: undefined,
      method: "GET",
      path: "/",
      rawQuery: request.rawQuery,
      headers: {},
      body: Buffer.alloc(0),
      signal: request.signal,
    },
  );
};
