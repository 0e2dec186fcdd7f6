import type { ProjectRecord } from "./records.ts";
import type { Room } from "./room.ts";

/** Whether a project has as many builds under way as its `concurrentBuildLimit` lets it have. */
export const isAtLimit = (
  { builds }: Pick<Room, "builds">,
  { name, settings: { concurrentBuildLimit: limit } }: ProjectRecord,
): boolean =>
  limit !== undefined && [...builds.unfinished()].filter(({ projectName }) => projectName === name).length >= limit;
