import { refusal } from "../errors.ts";
import { findRepository } from "../find.ts";
import { MAX_BATCH_REPOSITORIES, MAX_LISTED } from "../limits.ts";
import { pageByName } from "../paging.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { repositoryView } from "../views.ts";

export const getRepository =
  (room: Room): Operation<"GetRepository"> =>
  async (_ctx, { repositoryName }) => ({
    repositoryMetadata: repositoryView(room, findRepository(room, repositoryName)),
  });

export const batchGetRepositories =
  (room: Room): Operation<"BatchGetRepositories"> =>
  async (_ctx, { repositoryNames }) => {
    if (repositoryNames.length === 0) throw refusal("RepositoryNamesRequired");
    if (repositoryNames.length > MAX_BATCH_REPOSITORIES) throw refusal("MaximumRepositoryNamesExceeded");
    const names = [...new Set(repositoryNames)];
    return {
      repositories: names.flatMap((name) => {
        const found = room.tables.repositories.get(name);
        return found ? [repositoryView(room, found)] : [];
      }),
      repositoriesNotFound: names.filter((name) => !room.tables.repositories.get(name)),
      errors: [],
    };
  };

export const listRepositories =
  ({ tables }: Pick<Room, "tables">): Operation<"ListRepositories"> =>
  async (_ctx, { sortBy, order, nextToken }) => {
    const byTime = (a: RepositoryRecord, b: RepositoryRecord) => a.changedAt - b.changedAt;
    const ascending = [...tables.repositories.list()];
    if (sortBy === "lastModifiedDate") ascending.sort(byTime);
    const sorted = order === "descending" ? ascending.reverse() : ascending;
    const { items, nextToken: next } = pageByName(sorted, ({ id }) => id, nextToken, MAX_LISTED);
    return {
      repositories: items.map(({ id, name }) => ({ repositoryName: name, repositoryId: id })),
      ...(next === undefined ? {} : { nextToken: next }),
    };
  };
