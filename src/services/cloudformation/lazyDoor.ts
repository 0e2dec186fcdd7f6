import type { FrontDoor } from "../../kernel/http.ts";
import { RESPONSES } from "./responsePath.ts";

/** The door for the responses of custom resources; what takes them in is loaded with the first. `open` opens the room of an account and region. */
export const cloudFormationDoor =
  (open: (account: string, region: string) => Promise<unknown>): FrontDoor =>
  (request) =>
    request.path.startsWith(RESPONSES)
      ? import("./responseDoor.ts").then(({ acceptResponse }) => acceptResponse(request, open))
      : undefined;
