import type { FrontDoor } from "../../../kernel/http.ts";
import type { Cipher } from "../../../kernel/service.ts";
import { BADGE_PATH } from "./address.ts";

/** The door to build badges; what is behind it loads with the first one. */
export const badgeDoor =
  (cipher: Cipher, open: (account: string, region: string) => Promise<unknown>): FrontDoor =>
  (request) => {
    if (request.method !== "GET" || request.path !== BADGE_PATH) return undefined;
    return import("./door.ts").then(({ answerBadge }) => answerBadge(request, cipher, open));
  };
