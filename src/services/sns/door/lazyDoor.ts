import { type FrontDoor, header } from "../../../kernel/http.ts";
import type { DoorParts } from "./door.ts";

const CERTIFICATES = "/_aloft/sns/";
const LINK = /^Action=(ConfirmSubscription|Unsubscribe)&/;

/** The door to what receivers of messages visit without a signature; what is behind it loads with the first. */
export const snsDoor =
  (parts: DoorParts): FrontDoor =>
  (request) => {
    if (request.method !== "GET") return undefined;
    if (request.path.startsWith(CERTIFICATES)) {
      return import("./door.ts").then(({ showCertificate }) => showCertificate(request, parts));
    }
    if (request.path !== "/" || !LINK.test(request.rawQuery)) return undefined;
    if (header(request.headers, "authorization") !== undefined || request.rawQuery.includes("X-Amz-Signature=")) {
      return undefined;
    }
    return import("./door.ts").then(({ followLink }) => followLink(request, parts));
  };
