import { createHash, timingSafeEqual } from "node:crypto";
import type { RepositoryName } from "../../kernel/gitHost.ts";
import { badToken, repositoryNotFound } from "./errors.ts";
import type { RepositoryRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** The repository of that name. Throws when there is none. */
export const findRepository = (
  { repositories }: Pick<Room, "repositories">,
  name: RepositoryName,
): RepositoryRecord => {
  const found = repositories.get(name);
  if (!found) throw repositoryNotFound(name);
  return found;
};

/** Throws unless the token opens the repository. One that was made by a push has no token of its own: any will do. */
export const checkToken = (room: Pick<Room, "deps">, repository: RepositoryRecord, token: string): void => {
  if (repository.sealedToken !== undefined && !sameSecret(room.deps.cipher.open(repository.sealedToken), token))
    throw badToken(repository);
};

/** Compares in a time that tells nothing of where they differ. */
export const sameSecret = (a: Uint8Array | string, b: string): boolean =>
  timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
