import type { Context } from "../../../kernel/context.ts";
import { checkKey } from "../encryptionKey.ts";
import { refusal, repositoryExists } from "../errors.ts";
import { MAX_REPOSITORIES } from "../limits.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { checkTags } from "../tags.ts";
import { repositoryView } from "../views.ts";

export const createRepository =
  (room: Room): Operation<"CreateRepository"> =>
  async (ctx, { repositoryName: name, repositoryDescription, tags = {}, kmsKeyId }) => {
    if (name.endsWith(".git")) throw refusal("InvalidRepositoryName");
    if (room.tables.repositories.get(name)) throw repositoryExists(name);
    if (room.tables.repositories.count() >= MAX_REPOSITORIES) throw refusal("RepositoryLimitExceeded");
    checkTags(tags);
    if (kmsKeyId !== undefined) await checkKey(ctx, kmsKeyId);
    const now = room.clock.now();
    const repository: RepositoryRecord = {
      id: room.ids.uuid(),
      name,
      ...(repositoryDescription === undefined ? {} : { description: repositoryDescription }),
      ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
      createdAt: now,
      changedAt: now,
      tags,
      triggers: [],
    };
    await make(ctx, room, repository);
    return { repositoryMetadata: repositoryView(room, repository) };
  };

/** Makes a repository's place on the Git host, and keeps it; meanwhile nobody else gets its name. */
const make = async (ctx: Context, room: Room, repository: RepositoryRecord): Promise<void> => {
  const { name, description } = repository;
  if (room.making.has(name) || room.tables.repositories.get(name)) throw repositoryExists(name);
  room.making.add(name);
  try {
    await ctx.call("git", "CreateRepository", { ...placeOf(room, repository), title: name, description });
    room.tables.repositories.put(repository);
  } finally {
    room.making.delete(name);
  }
};
