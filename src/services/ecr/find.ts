import { invalidParameter, repositoryNotFound } from "./errors.ts";
import type { RepositoryRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** How an input names a repository. */
export interface RepositoryName {
  readonly repositoryName: string;
  readonly registryId?: string | undefined;
}

/** The repository of that name in the caller's registry. Throws when there is none. */
export const findRepository = (
  { repositories }: Pick<Room, "repositories">,
  account: string,
  { repositoryName, registryId = account }: RepositoryName,
): RepositoryRecord => {
  const found = registryId === account ? repositories.get(repositoryName) : undefined;
  if (!found) throw repositoryNotFound(repositoryName, registryId);
  return found;
};

/** The repository an ARN names. */
export const findByArn = ({ repositories }: Pick<Room, "repositories">, account: string, arn: string) => {
  const name = /^arn:[^:]+:ecr:[^:]*:\d+:repository\/(.+)$/.exec(arn)?.[1];
  if (name === undefined) {
    throw invalidParameter(`Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'`);
  }
  return findRepository({ repositories }, account, { repositoryName: name });
};
