import { managedProject } from "../builds/managed.ts";
import { initiatorOf, submitBuild } from "../builds/submit.ts";
import { isAtLimit } from "../concurrency.ts";
import { tooManyBuilds } from "../errors.ts";
import { findBuild, findProject } from "../find.ts";
import { rememberToken, repeatedOf } from "../idempotency.ts";
import type { ProjectRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { buildView } from "../views.ts";

export const startBuild =
  (room: Room): Operation<"StartBuild"> =>
  async (ctx, input) => {
    const project = managedProject(ctx, input.projectName) ?? findProject(room, ctx, input.projectName);
    const token = input.idempotencyToken;
    const part = token === undefined ? undefined : room.batchParts.get(token);
    const repeated = repeatedOf(room, project.name, token, input, room.builds.get);
    if (repeated) return { build: buildView(repeated, ctx.region) };
    // The builds of a batch wait for each other instead.
    if (!part) checkLimit(room, project);
    const build = submitBuild(room, ctx, project, input, undefined, part);
    if (!part) rememberToken(room, project.name, token, input, build.id);
    return { build: buildView(build, ctx.region) };
  };

/** AWS: a new build of the same project with what the old one was started with. */
export const retryBuild =
  (room: Room): Operation<"RetryBuild"> =>
  async (ctx, { id = "", idempotencyToken }) => {
    const old = findBuild(room, id);
    const project = findProject(room, ctx, old.projectName);
    const repeated = repeatedOf(room, project.name, idempotencyToken, old.request, room.builds.get);
    if (repeated) return { build: buildView(repeated, ctx.region) };
    checkLimit(room, project);
    // What a push told the old build it tells the new one.
    const push = old.webhookVariables && { initiator: initiatorOf(ctx), variables: old.webhookVariables };
    const build = submitBuild(room, ctx, project, old.request, push);
    rememberToken(room, project.name, idempotencyToken, old.request, build.id);
    return { build: buildView(build, ctx.region) };
  };

const checkLimit = (room: Pick<Room, "builds">, project: ProjectRecord): void => {
  if (isAtLimit(room, project)) throw tooManyBuilds(project.settings.concurrentBuildLimit ?? 0);
};
