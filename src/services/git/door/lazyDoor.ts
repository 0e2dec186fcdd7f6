import type { FrontDoor } from "../../../kernel/http.ts";

/** Repositories are at `/git/OWNER/NAME.git`. */
export const GIT_PATH = "/git/";

/** What the Git host's door is joined to. */
export interface GitDoorParts {
  /** Opens the Git host's room. */
  readonly open: () => Promise<unknown>;
  /** The cloud's own credentials: their secret opens every repository, and makes one that is pushed to. */
  readonly secretAccessKey: string;
}

/** The door for Git over smart HTTP; what is behind it is loaded when the first request comes. */
export const gitDoor =
  (parts: GitDoorParts): FrontDoor =>
  (request) =>
    request.path.startsWith(GIT_PATH)
      ? import("./smartHttp.ts").then(({ serveGit }) => serveGit(request, parts))
      : undefined;
