import type { FrontDoor } from "../../../kernel/http.ts";
import type { GitDoorParts } from "./parts.ts";

/** Repositories are at `/git/OWNER/NAME.git`. */
export const GIT_PATH = "/git/";

/** The door for Git over smart HTTP; what is behind it is loaded when the first request comes. */
export const gitDoor =
  (parts: GitDoorParts): FrontDoor =>
  (request) =>
    request.path.startsWith(GIT_PATH) || `${request.path}/` === GIT_PATH
      ? import("./smartHttp.ts").then(({ serveGit }) => serveGit(request, parts))
      : undefined;
