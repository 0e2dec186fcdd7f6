import type { Context } from "../../../kernel/context.ts";
import { checkKey } from "../encryptionKey.ts";
import { refusal, repositoryExists } from "../errors.ts";
import { findRepository } from "../find.ts";
import { placeOf } from "../place.ts";
import type { RepositoryRecord } from "../records.ts";
import { removeRepository } from "../removeRepository.ts";
import type { Operation, Room } from "../room.ts";

/** Keeps a changed repository, and tells the Git host what it is called now. */
const keep = async (ctx: Context, room: Room, changed: RepositoryRecord): Promise<void> => {
  room.tables.repositories.put({ ...changed, changedAt: room.clock.now() });
  const { name: title, description } = changed;
  await ctx.call("git", "UpdateRepository", { ...placeOf(room, changed), title, description });
};

export const updateRepositoryName =
  (room: Room): Operation<"UpdateRepositoryName"> =>
  async (ctx, { oldName, newName }) => {
    const repository = findRepository(room, oldName);
    if (newName.endsWith(".git")) throw refusal("InvalidRepositoryName");
    if (room.making.has(newName) || room.tables.repositories.get(newName)) throw repositoryExists(newName);
    await keep(ctx, room, { ...repository, name: newName });
    return {};
  };

export const updateRepositoryDescription =
  (room: Room): Operation<"UpdateRepositoryDescription"> =>
  async (ctx, { repositoryName, repositoryDescription }) => {
    const { description: _, ...repository } = findRepository(room, repositoryName);
    await keep(ctx, room, {
      ...repository,
      ...(repositoryDescription === undefined ? {} : { description: repositoryDescription }),
    });
    return {};
  };

export const updateRepositoryEncryptionKey =
  (room: Room): Operation<"UpdateRepositoryEncryptionKey"> =>
  async (ctx, { repositoryName, kmsKeyId }) => {
    await checkKey(ctx, kmsKeyId);
    const repository = findRepository(room, repositoryName);
    room.tables.repositories.put({ ...repository, kmsKeyId, changedAt: room.clock.now() });
    const { id, kmsKeyId: before } = repository;
    return { repositoryId: id, kmsKeyId, ...(before === undefined ? {} : { originalKmsKeyId: before }) };
  };

/** AWS: one that is not there is no failure, and has no id. */
export const deleteRepository =
  (room: Room): Operation<"DeleteRepository"> =>
  async (ctx, { repositoryName }) => {
    const repository = room.tables.repositories.get(repositoryName);
    if (!repository) return {};
    removeRepository(room, repository);
    await ctx.call("git", "DeleteRepository", placeOf(room, repository));
    return { repositoryId: repository.id };
  };
