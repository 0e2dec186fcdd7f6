import type { FrontDoor } from "../../kernel/http.ts";
import { CODE_PATH } from "./codePath.ts";

/** Answers the links to code that GetFunction gives. `open` opens the room of an account and region. */
export const functionCodeDoor =
  (open: (account: string, region: string) => Promise<unknown>): FrontDoor =>
  (request) =>
    request.path.startsWith(CODE_PATH)
      ? import("./codeDoor.ts").then(({ answerCodeLink }) => answerCodeLink(request, open))
      : undefined;
