import { refusal, repositoryNotFound } from "./errors.ts";
import { arnOf } from "./place.ts";
import type { RepositoryRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** The repository of that name. Throws when there is none. */
export const findRepository = ({ tables }: Pick<Room, "tables">, name: string): RepositoryRecord => {
  const found = tables.repositories.get(name);
  if (!found) throw repositoryNotFound(name);
  return found;
};

/** The repository of that ARN. Throws when it is none, or none's. */
export const repositoryOfArn = (room: Room, arn: string): RepositoryRecord => {
  const name = arn.slice(arnOf(room, "").length);
  if (arn !== arnOf(room, name) || name === "") throw refusal("InvalidResourceArn");
  return findRepository(room, name);
};
