import { stopBuildNow } from "../builds/run.ts";
import { invalidBuildId } from "../errors.ts";
import { buildIdOf, findBuild, findProject } from "../find.ts";
import { openToken, pageOf } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { buildView } from "../views.ts";

export const batchGetBuilds =
  ({ builds }: Pick<Room, "builds">): Operation<"BatchGetBuilds"> =>
  async (ctx, { ids }) => {
    const malformed = ids.find((id) => !buildIdOf(id).includes(":"));
    if (malformed !== undefined) throw invalidBuildId(malformed);
    const found = ids.flatMap((id) => builds.get(buildIdOf(id)) ?? []);
    return {
      builds: found.map((build) => buildView(build, ctx.region)),
      buildsNotFound: ids.filter((id) => !builds.get(buildIdOf(id))),
    };
  };

/** AWS lists the newest first unless asked otherwise. */
export const listBuilds =
  ({ builds }: Pick<Room, "builds">): Operation<"ListBuilds"> =>
  async (_ctx, { sortOrder, nextToken }) => {
    const last = openToken(nextToken);
    const rest = builds.ids({ descending: sortOrder !== "ASCENDING", ...(last === undefined ? {} : { after: last }) });
    const page = pageOf(rest);
    return { ids: page.items, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
  };

export const listBuildsForProject =
  ({ builds, projects }: Pick<Room, "builds" | "projects">): Operation<"ListBuildsForProject"> =>
  async (ctx, { projectName, sortOrder, nextToken }) => {
    const { name } = findProject({ projects }, ctx, projectName);
    const last = openToken(nextToken);
    const descending = sortOrder !== "ASCENDING";
    const page = pageOf(builds.ids({ projectName: name, descending, ...(last === undefined ? {} : { after: last }) }));
    return { ids: page.items, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
  };

/** One that has ended already stays as it is. */
export const stopBuild =
  (room: Room): Operation<"StopBuild"> =>
  async (ctx, { id }) => {
    stopBuildNow(room, findBuild(room, id).id);
    return { build: buildView(findBuild(room, id), ctx.region) };
  };

export const batchDeleteBuilds =
  ({ builds }: Pick<Room, "builds">): Operation<"BatchDeleteBuilds"> =>
  async (ctx, { ids }) => {
    const deleted: string[] = [];
    const kept: { id: string; statusCode: string }[] = [];
    for (const id of ids) {
      const build = builds.get(buildIdOf(id));
      if (!buildIdOf(id).includes(":")) throw invalidBuildId(id);
      if (build?.state.status === "IN_PROGRESS") {
        kept.push({ id: build.id, statusCode: "BUILD_IN_PROGRESS" });
        continue;
      }
      if (build) builds.remove(build);
      // AWS: a build that is not there counts as deleted.
      deleted.push(build?.arn ?? ctx.arn(`build/${buildIdOf(id)}`));
    }
    return { buildsDeleted: deleted, buildsNotDeleted: kept };
  };
