import { codeCommitOwner, type RepositoryName } from "../../kernel/gitHost.ts";
import type { RepositoryRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Where a repository is on the Git host. */
export const placeOf = ({ deps }: Pick<Room, "deps">, { id }: Pick<RepositoryRecord, "id">): RepositoryName => ({
  owner: codeCommitOwner(deps),
  name: id,
});

export const arnOf = ({ deps }: Pick<Room, "deps">, name: string): string =>
  `arn:${deps.partition}:codecommit:${deps.region}:${deps.account}:${name}`;
