import type { FrontDoor } from "../../kernel/http.ts";
import type { Rooms } from "../../kernel/rooms.ts";
import type { Records } from "../../store/records.ts";
import { CODE_PATH } from "./codePath.ts";
import { urlAddress } from "./urls/address.ts";

/** Answers the links to code that GetFunction gives. `open` opens the room of an account and region. */
export const functionCodeDoor =
  (open: (account: string, region: string) => Promise<unknown>): FrontDoor =>
  (request) =>
    request.path.startsWith(CODE_PATH)
      ? import("./codeDoor.ts").then(({ answerCodeLink }) => answerCodeLink(request, open))
      : undefined;

/** Answers function URLs. What answers is loaded when the first request comes. */
export const functionUrlDoor =
  (parts: { readonly rooms: Pick<Rooms, "open">; readonly records: Records }): FrontDoor =>
  (request) => {
    const address = urlAddress(request);
    return (
      address && import("./urls/findUrl.ts").then(({ answerAddressed }) => answerAddressed(parts, request, address))
    );
  };

/** Debugs functions of the cloud's own account and region. */
export const createDebug =
  (open: () => Promise<{ readonly room: { readonly room: unknown } } | undefined>) =>
  async (functionName: string, port: number | undefined): Promise<void> => {
    const [{ debugFunction }, { isLambdaRoom }, opened] = await Promise.all([
      import("./debug.ts"),
      import("./room.ts"),
      open(),
    ]);
    const room = opened?.room.room;
    if (isLambdaRoom(room)) debugFunction(room, functionName, port);
  };
