import { submitBuild } from "../builds/submit.ts";
import { invalidInput, tooManyBuilds } from "../errors.ts";
import { findBuild, findProject } from "../find.ts";
import { IDEMPOTENCY_MS } from "../limits.ts";
import type { BuildRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { buildView } from "../views.ts";

export const startBuild =
  (room: Room): Operation<"StartBuild"> =>
  async (ctx, input) => {
    const project = findProject(room, ctx, input.projectName);
    const repeated = input.idempotencyToken && repeatedBuild(room, project.name, input.idempotencyToken, input);
    if (repeated) return { build: buildView(repeated, ctx.region) };
    const limit = project.settings.concurrentBuildLimit;
    const under = [...room.builds.unfinished()].filter(({ projectName }) => projectName === project.name).length;
    if (limit !== undefined && under >= limit) throw tooManyBuilds(limit);
    const build = submitBuild(room, ctx, project, input);
    if (input.idempotencyToken) remember(room, project.name, input.idempotencyToken, input, build);
    return { build: buildView(build, ctx.region) };
  };

/** AWS: a new build of the same project with what the old one was started with. */
export const retryBuild =
  (room: Room): Operation<"RetryBuild"> =>
  async (ctx, { id = "", idempotencyToken }) => {
    const old = findBuild(room, id);
    const project = findProject(room, ctx, old.projectName);
    const repeated = idempotencyToken && repeatedBuild(room, project.name, idempotencyToken, old.request);
    if (repeated) return { build: buildView(repeated, ctx.region) };
    const build = submitBuild(room, ctx, project, old.request);
    if (idempotencyToken) remember(room, project.name, idempotencyToken, old.request, build);
    return { build: buildView(build, ctx.region) };
  };

const repeatedBuild = (room: Room, project: string, token: string, request: object): BuildRecord | undefined => {
  const seen = room.tokens.get([project, token]);
  if (!seen || seen.at + IDEMPOTENCY_MS < room.clock.now()) return undefined;
  if (seen.request !== JSON.stringify(request))
    throw invalidInput("Parameters do not match a previous request with the same idempotency token");
  return room.builds.get(seen.buildId);
};

const remember = (room: Room, project: string, token: string, request: object, build: BuildRecord): void => {
  const now = room.clock.now();
  for (const { key, value } of room.tokens.range({ prefix: [project] })) {
    if (value.at + IDEMPOTENCY_MS < now) room.tokens.delete(key);
  }
  room.tokens.put([project, token], { buildId: build.id, request: JSON.stringify(request), at: now });
};
