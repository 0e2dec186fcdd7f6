import type { FrontDoor } from "../../kernel/http.ts";

/** Where functions' code is loaded from: `/_lambda/code/ACCOUNT/REGION/TOKEN`. */
export const CODE_PATH = "/_lambda/code/";

/** Answers the links to code that GetFunction gives. `open` opens the room of an account and region. */
export const functionCodeDoor =
  (open: (account: string, region: string) => Promise<unknown>): FrontDoor =>
  (request) =>
    request.path.startsWith(CODE_PATH)
      ? import("./codeDoor.ts").then(({ answerCodeLink }) => answerCodeLink(request, open))
      : undefined;
