import { keyOf } from "../../engines/git/place.ts";
import type { RepositoryName } from "../../kernel/gitHost.ts";
import { setAside } from "./bareRepository.ts";
import { stopFollowing } from "./mirror/follow.ts";
import type { Room } from "./room.ts";

/** Removes a repository's record and all that is kept by its name; its commits are kept aside. */
export const removeRepository = async (room: Room, name: RepositoryName): Promise<void> => {
  const prefix = keyOf(name);
  const { statuses, protections, hooks, deliveries, pulls, reviews, checkRuns, comments, lineComments, releases } =
    room;
  const { deployments, deploymentStatuses, rulesets } = room;
  for (const { value } of room.assets.range({ prefix })) room.deps.blobs.release(value.blob);
  for (const table of [
    room.assets,
    statuses,
    protections,
    hooks,
    deliveries,
    pulls,
    reviews,
    checkRuns,
    comments,
    lineComments,
    releases,
    deployments,
    deploymentStatuses,
    rulesets,
  ])
    table.clear({ prefix });
  stopFollowing(room, name);
  room.mirrors.delete(prefix);
  room.repositories.remove(name);
  await setAside(room, name);
};
