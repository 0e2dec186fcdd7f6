import { invalidInput } from "../errors.ts";
import { findProject, findSandbox, sandboxIdOf } from "../find.ts";
import { rememberToken, repeatedOf } from "../idempotency.ts";
import { openToken, pageOf } from "../paging.ts";
import type { Operation, Room } from "../room.ts";
import { stopSandboxNow, submitSandbox } from "../sandboxes/run.ts";
import { sandboxView } from "../sandboxes/views.ts";

/** https://docs.aws.amazon.com/codebuild/latest/userguide/sandbox.html */
export const startSandbox =
  (room: Room): Operation<"StartSandbox"> =>
  async (ctx, { projectName, idempotencyToken }) => {
    if (projectName === undefined) throw invalidInput("Project name is required to start a sandbox");
    const project = findProject(room, ctx, projectName);
    const request = { sandboxOf: project.name };
    const repeated = repeatedOf(room, project.name, idempotencyToken, request, room.sandboxes.get);
    if (repeated) return { sandbox: sandboxView(repeated, ctx.region) };
    const sandbox = submitSandbox(room, ctx, project);
    rememberToken(room, project.name, idempotencyToken, request, sandbox.id);
    return { sandbox: sandboxView(sandbox, ctx.region) };
  };

/** One that has ended already stays as it is. */
export const stopSandbox =
  (room: Room): Operation<"StopSandbox"> =>
  async (ctx, { id }) => {
    stopSandboxNow(room, findSandbox(room, id).id);
    return { sandbox: sandboxView(findSandbox(room, id), ctx.region) };
  };

export const batchGetSandboxes =
  ({ sandboxes }: Pick<Room, "sandboxes">): Operation<"BatchGetSandboxes"> =>
  async (ctx, { ids }) => ({
    sandboxes: ids.flatMap((id) => sandboxes.get(sandboxIdOf(id)) ?? []).map((each) => sandboxView(each, ctx.region)),
    sandboxesNotFound: ids.filter((id) => !sandboxes.get(sandboxIdOf(id))),
  });

interface Listing {
  readonly sortOrder?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

/** AWS lists the newest first unless asked otherwise. */
const list = (
  { sandboxes }: Pick<Room, "sandboxes">,
  of: { readonly projectName?: string },
  { sortOrder, nextToken, maxResults }: Listing,
) => {
  const last = openToken(nextToken);
  const after = last === undefined ? {} : { after: last };
  const page = pageOf(sandboxes.ids({ ...of, descending: sortOrder !== "ASCENDING", ...after }), maxResults);
  return { ids: page.items, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
};

export const listSandboxes =
  (room: Pick<Room, "sandboxes">): Operation<"ListSandboxes"> =>
  async (_ctx, input) =>
    list(room, {}, input);

export const listSandboxesForProject =
  (room: Pick<Room, "sandboxes" | "projects">): Operation<"ListSandboxesForProject"> =>
  async (ctx, input) =>
    list(room, { projectName: findProject(room, ctx, input.projectName).name }, input);
