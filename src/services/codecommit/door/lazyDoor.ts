import type { FrontDoor } from "../../../kernel/http.ts";
import type { CodeCommitDoorParts } from "./parts.ts";

/** Repositories are at `/v1/repos/NAME`, as on AWS. */
const PATH = "/v1/repos/";

/** The door for Git to CodeCommit; what is behind it is loaded when the first request comes. */
export const codeCommitDoor =
  (parts: CodeCommitDoorParts): FrontDoor =>
  (request) =>
    request.path.startsWith(PATH) ? import("./serve.ts").then(({ serveGit }) => serveGit(request, parts)) : undefined;
