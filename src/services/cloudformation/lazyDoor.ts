import type { FrontDoor } from "../../kernel/http.ts";

/** Where responses of custom resources and wait conditions come in; the room itself is loaded when the first one comes. */
export const RESPONSES = "/_cloudformation/responses/";

/** The door for those responses. `open` opens the room of an account and region. */
export const cloudFormationDoor =
  (open: (account: string, region: string) => Promise<unknown>): FrontDoor =>
  (request) =>
    request.path.startsWith(RESPONSES)
      ? import("./responseDoor.ts").then(({ acceptResponse }) => acceptResponse(request, open))
      : undefined;
