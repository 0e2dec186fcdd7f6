import { BuildStopRequested } from "../../../engines/build/failure.ts";
import { changeBatch } from "../batches/change.ts";
import type { BatchGroup, BatchRecord } from "../batches/records.ts";
import { runBatch } from "../batches/run.ts";
import { submitBatchState } from "../batches/state.ts";
import { submitBatch } from "../batches/submit.ts";
import { batchView } from "../batches/views.ts";
import { invalidInput } from "../errors.ts";
import { batchIdOf, findBatch, findProject } from "../find.ts";
import { rememberToken, repeatedOf } from "../idempotency.ts";
import { openToken, pageOf } from "../paging.ts";
import type { Operation, Room } from "../room.ts";

export const startBuildBatch =
  (room: Room): Operation<"StartBuildBatch"> =>
  async (ctx, input) => {
    const project = findProject(room, ctx, input.projectName);
    const repeated = repeatedOf(room, project.name, input.idempotencyToken, input, room.batches.get);
    if (repeated) return { buildBatch: batchView(room, repeated, ctx.region) };
    const batch = submitBatch(room, ctx, project, input);
    rememberToken(room, project.name, input.idempotencyToken, input, batch.id);
    return { buildBatch: batchView(room, batch, ctx.region) };
  };

export const batchGetBuildBatches =
  (room: Pick<Room, "batches" | "builds">): Operation<"BatchGetBuildBatches"> =>
  async (ctx, { ids }) => ({
    buildBatches: ids
      .flatMap((id) => room.batches.get(batchIdOf(id)) ?? [])
      .map((batch) => batchView(room, batch, ctx.region)),
    buildBatchesNotFound: ids.filter((id) => !room.batches.get(batchIdOf(id))),
  });

interface Listing {
  readonly sortOrder?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
  readonly filter?: { readonly status?: string | undefined } | undefined;
}

const list = ({ batches }: Pick<Room, "batches">, projectName: string | undefined, input: Listing) => {
  const last = openToken(input.nextToken);
  const ids = batches.ids({
    descending: input.sortOrder !== "ASCENDING",
    ...(projectName === undefined ? {} : { projectName }),
    ...(last === undefined ? {} : { after: last }),
  });
  const status = input.filter?.status;
  const page = pageOf(status ? matching(batches, ids, status) : ids, input.maxResults);
  return { ids: page.items, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
};

function* matching(batches: Room["batches"], ids: Iterable<string>, status: string): Iterable<string> {
  for (const id of ids) if (batches.get(id)?.state.status === status) yield id;
}

export const listBuildBatches =
  (room: Pick<Room, "batches">): Operation<"ListBuildBatches"> =>
  async (_ctx, input) =>
    list(room, undefined, input);

export const listBuildBatchesForProject =
  (room: Pick<Room, "batches" | "projects">): Operation<"ListBuildBatchesForProject"> =>
  async (ctx, input) =>
    list(room, input.projectName === undefined ? undefined : findProject(room, ctx, input.projectName).name, input);

/** Answers at once; the batch and its builds end a moment later. */
export const stopBuildBatch =
  (room: Pick<Room, "batches" | "builds" | "runningBatches">): Operation<"StopBuildBatch"> =>
  async (ctx, { id }) => {
    const batch = findBatch(room, id);
    room.runningBatches.get(batch.id)?.stop.abort(new BuildStopRequested());
    return { buildBatch: batchView(room, batch, ctx.region) };
  };

/** AWS: the same batch runs again, all of its builds or those that did not succeed. */
export const retryBuildBatch =
  (room: Room): Operation<"RetryBuildBatch"> =>
  async (ctx, { id = "", retryType = "RETRY_ALL_BUILDS", idempotencyToken }) => {
    const batch = findBatch(room, id);
    const request = { id: batch.id, retryType };
    const repeated = repeatedOf(room, batch.projectName, idempotencyToken, request, room.batches.get);
    if (repeated) return { buildBatch: batchView(room, repeated, ctx.region) };
    const { status } = batch.state;
    if (status === "IN_PROGRESS" || status === "SUCCEEDED")
      throw invalidInput(`Build batch ${batch.arn} cannot be retried: its status is ${status}`);
    const renewed = changeBatch(room, batch.id, () => ({
      ...batch,
      state: submitBatchState(room.clock.now()),
      groups: renewedGroups(batch, retryType === "RETRY_FAILED_BUILDS"),
    }));
    rememberToken(room, batch.projectName, idempotencyToken, request, batch.id);
    runBatch(room, renewed);
    return { buildBatch: batchView(room, renewed, ctx.region) };
  };

/** What ran again is kept as prior builds. Without any build but the one that reads the buildspec, that is done again too. */
const renewedGroups = ({ groups }: BatchRecord, failedOnly: boolean): readonly BatchGroup[] => {
  if (groups.length <= 1) return [];
  return groups.map(({ current, ...group }, index) => {
    const kept = index === 0 || (failedOnly && current?.status === "SUCCEEDED");
    if (!current) return group;
    return kept ? { ...group, current } : { ...group, prior: [...group.prior, current] };
  });
};

/** Deletes a batch and all of its builds. */
export const deleteBuildBatch =
  (room: Pick<Room, "batches" | "builds">): Operation<"DeleteBuildBatch"> =>
  async (ctx, { id }) => {
    const batch = room.batches.get(batchIdOf(id));
    if (batch?.state.status === "IN_PROGRESS")
      throw invalidInput(`Build batch ${batch.arn} is in progress: stop it before it is deleted`);
    const builds = (batch?.groups ?? []).flatMap(({ current, prior }) => [...prior, ...(current ? [current] : [])]);
    const buildsDeleted = builds.map((each) => {
      const build = room.builds.get(each.id);
      if (build) room.builds.remove(build);
      return build?.arn ?? ctx.arn(`build/${each.id}`);
    });
    if (batch) room.batches.remove(batch);
    return { statusCode: "BATCH_DELETED", buildsDeleted, buildsNotDeleted: [] };
  };
