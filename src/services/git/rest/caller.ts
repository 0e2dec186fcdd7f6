import { keyOf } from "../../../engines/git/place.ts";
import type { HttpRequest } from "../../../kernel/http.ts";
import { loginOf, opens, opensAll, passwordOf } from "../door/credentials.ts";
import type { GitDoorParts } from "../door/parts.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { API_PATH, type Caller, refuse } from "./api.ts";

/** Who asks, by the password shown. Throws GitHub's refusal of strangers. */
export const callerOf = async (request: HttpRequest, room: Room, parts: GitDoorParts): Promise<Caller> => {
  const password = passwordOf(request);
  if (password === undefined) throw refuse(401, "Requires authentication");
  const login = loginOf(request);
  if (await opensAll(parts, password)) return { kind: "owner", login };
  const own = repositoryIn(room, request.path);
  if (own && opens(room, own, password)) return { kind: "repository", login, key: keyOf(own).join("/") };
  // A token may be somebody's who asks for what is not his.
  for (const repository of room.repositories.list()) {
    if (opens(room, repository, password)) return { kind: "repository", login, key: keyOf(repository).join("/") };
  }
  throw refuse(401, "Bad credentials");
};

const repositoryIn = (room: Room, path: string): RepositoryRecord | undefined => {
  const [, owner, name] = /^\/repos\/([^/]+)\/([^/]+)/.exec(path.slice(API_PATH.length)) ?? [];
  return owner === undefined || name === undefined ? undefined : room.repositories.get({ owner, name });
};
