import type { Context } from "../../../kernel/context.ts";
import { errorCode } from "../../../kernel/errors.ts";
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
    await host(ctx, room, repository);
    // Two that came at once: the other one was quicker.
    if (room.tables.repositories.get(name)) {
      await ctx.call("git", "DeleteRepository", placeOf(room, repository));
      throw repositoryExists(name);
    }
    room.tables.repositories.put(repository);
    return { repositoryMetadata: repositoryView(room, repository) };
  };

/** Makes its place on the Git host. A title that a crash left behind, of a repository that was never kept, is taken over. */
const host = async (ctx: Context, room: Room, repository: RepositoryRecord): Promise<void> => {
  const { name: title, description } = repository;
  const place = placeOf(room, repository);
  const make = () => ctx.call("git", "CreateRepository", { ...place, title, description });
  try {
    await make();
  } catch (error) {
    if (errorCode(error) !== "RepositoryNameExistsException") throw error;
    await ctx.call("git", "DeleteRepository", { owner: place.owner, name: title });
    await make();
  }
};
