import { clearCache } from "../builds/cacheDirectory.ts";
import { findProject, nameOf, projectArn } from "../find.ts";
import { after, openToken, pageOf } from "../paging.ts";
import type { ProjectRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { projectView } from "../views.ts";

export const batchGetProjects =
  ({ projects, deps }: Pick<Room, "projects" | "deps">): Operation<"BatchGetProjects"> =>
  async (_ctx, { names }) => {
    const found = names.flatMap((name) => projects.get(nameOf(name)) ?? []);
    return {
      projects: found.map((project) => projectView(project, { deps })),
      projectsNotFound: names.filter((name) => !projects.has(nameOf(name))),
    };
  };

/** AWS: deleting a project that is not there succeeds, and a project's builds outlive it. */
export const deleteProject =
  (room: Pick<Room, "projects" | "policies" | "deps">): Operation<"DeleteProject"> =>
  async (ctx, { name }) => {
    room.projects.delete(nameOf(name));
    room.policies.delete(projectArn(ctx, nameOf(name)));
    await clearCache(room, nameOf(name));
    return {};
  };

export const listProjects =
  ({ projects }: Pick<Room, "projects">): Operation<"ListProjects"> =>
  async (_ctx, { sortBy = "NAME", sortOrder, nextToken }) => {
    const all = [...projects.range()].map(({ value }) => value);
    const sorted = all.sort((a, b) => compare(a, b, sortBy));
    if (sortOrder === "DESCENDING") sorted.reverse();
    const page = pageOf(
      after(
        sorted.map(({ name }) => name),
        openToken(nextToken),
      ),
    );
    return { projects: page.items, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
  };

export const invalidateProjectCache =
  (room: Pick<Room, "projects" | "deps">): Operation<"InvalidateProjectCache"> =>
  async (ctx, { projectName }) => {
    await clearCache(room, findProject(room, ctx, projectName).name);
    return {};
  };

const compare = (a: ProjectRecord, b: ProjectRecord, sortBy: string): number => {
  if (sortBy === "CREATED_TIME") return a.createdAt - b.createdAt;
  if (sortBy === "LAST_MODIFIED_TIME") return a.modifiedAt - b.modifiedAt;
  return a.name < b.name ? -1 : 1;
};
