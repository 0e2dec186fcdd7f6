import { isDeepStrictEqual } from "node:util";
import type { Context } from "../../../kernel/context.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { beginExecution } from "../begin.ts";
import { type IsSecret, withoutSecrets } from "../declaration.ts";
import { invalidStructure, noSuchPipeline, pipelineNameInUse, pipelineVersionNotFound, tooMany } from "../errors.ts";
import { findActionType, findPipeline } from "../find.ts";
import { MAX_PIPELINES } from "../limits.ts";
import { nameIn, pageOf } from "../paging.ts";
import { checkPolling } from "../polling.ts";
import type { Declaration, PipelineRecord } from "../records.ts";
import { pipelineRole } from "../roles.ts";
import type { Operation, Room } from "../room.ts";
import { checkStructure } from "../structure/check.ts";
import { checkTags } from "../tags.ts";
import { declarationView } from "../views.ts";

/** AWS: a new pipeline runs at once. */
export const createPipeline =
  (room: Room): Operation<"CreatePipeline"> =>
  async (ctx, { pipeline: wished, tags = [] }) => {
    const { name } = wished;
    if (room.tables.pipelines.has(name)) throw pipelineNameInUse(ctx.account, name);
    if (room.tables.pipelines.count({ limit: MAX_PIPELINES }) >= MAX_PIPELINES)
      throw tooMany("pipelines", MAX_PIPELINES);
    checkStructure(wished, ctx.region, (id) => findActionType(room, id));
    checkPolling(room, wished);
    checkTags(ctx, ctx.arn(name), tags);
    await checkRole(room, wished);
    if (room.tables.pipelines.has(name)) throw pipelineNameInUse(ctx.account, name);
    const now = room.clock.now();
    const record: PipelineRecord = {
      name,
      arn: ctx.arn(name),
      version: 1,
      ...withoutSecrets(wished, room.deps.cipher, secretsOf(room)),
      tags: tags.map(({ key, value }) => ({ key, value })),
      createdAt: now,
      updatedAt: now,
      nextSequence: 1,
    };
    room.deps.records.atomically(() => {
      // A pipeline of this name that was deleted may have left the end of a run behind; its history is not this one's.
      room.tables.executions.forget(record.name);
      keep(room, record);
    });
    beginExecution(room, record, { trigger: { type: "CreatePipeline", detail: initiator(ctx) } });
    return { pipeline: declarationView(record), tags: tags.map(({ key, value }) => ({ key, value })) };
  };

export const updatePipeline =
  (room: Room): Operation<"UpdatePipeline"> =>
  async (ctx, { pipeline: wished }) => {
    const before = room.tables.pipelines.get(wished.name);
    if (!before) throw noSuchPipeline(ctx.account, wished.name);
    checkStructure(wished, ctx.region, (id) => findActionType(room, id));
    checkPolling(room, wished);
    await checkRole(room, wished);
    const current = findPipeline(room, ctx, wished.name);
    const record: PipelineRecord = {
      ...current,
      ...withoutSecrets(wished, room.deps.cipher, secretsOf(room), before.secrets),
      version: current.version + 1,
      updatedAt: room.clock.now(),
    };
    room.deps.records.atomically(() => {
      keep(room, record);
      // AWS: an execution is cancelled when the structure of its pipeline is changed before it has ended.
      if (!isDeepStrictEqual(current.declaration.stages, record.declaration.stages)) room.engine.cancel(record.name);
    });
    return { pipeline: declarationView(record) };
  };

const keep = ({ tables }: Room, record: PipelineRecord): void => {
  tables.pipelines.put(record.name, record);
  tables.versions.put([record.name, record.version], record.declaration);
};

/** A token of GitHub's is one, and what an action type of somebody's own says. */
const secretsOf =
  (room: Room): IsSecret =>
  ({ actionTypeId }, member) =>
    member === "OAuthToken" ||
    (findActionType(room, actionTypeId)?.properties.some(({ name, secret }) => secret && name === member) ?? false);

/** AWS tries the pipeline's role when the pipeline names it. */
const checkRole = async (room: Room, { roleArn, name }: Declaration): Promise<void> => {
  try {
    await pipelineRole(room, roleArn, name);
  } catch (error) {
    if (!/AccessDenied|NoSuchEntity/.test(errorCode(error))) throw error;
    throw invalidStructure(`CodePipeline is not authorized to perform AssumeRole on role ${roleArn}`);
  }
};

/** What AWS names as the one who set something off. */
export const initiator = ({ principal }: Pick<Context, "principal">): string => {
  if ("arn" in principal) return principal.arn;
  return principal.kind === "service" ? principal.service : "";
};

export const getPipeline =
  (room: Room): Operation<"GetPipeline"> =>
  async (ctx, { name, version }) => {
    const record = findPipeline(room, ctx, name);
    const declaration = version === undefined ? record.declaration : room.tables.versions.get([name, version]);
    if (!declaration) throw pipelineVersionNotFound(name, version ?? 0);
    return {
      pipeline: declarationView({ declaration, version: version ?? record.version }),
      metadata: { pipelineArn: record.arn, created: new Date(record.createdAt), updated: new Date(record.updatedAt) },
    };
  };

/** AWS: deleting a pipeline that is not there succeeds. */
export const deletePipeline =
  (room: Room): Operation<"DeletePipeline"> =>
  async (_ctx, { name }) => {
    for (const execution of room.tables.executions.live(name))
      room.engine.stop(execution, "The pipeline was deleted", true);
    room.deps.records.atomically(() => {
      room.tables.pipelines.delete(name);
      if (room.tables.executions.live(name).length === 0) room.tables.executions.forget(name);
      room.tables.versions.clear({ prefix: [name] });
      for (const table of [room.tables.transitions, room.tables.startTokens]) table.clear({ prefix: [name] });
    });
    return {};
  };

export const listPipelines =
  ({ tables }: Room): Operation<"ListPipelines"> =>
  async (_ctx, { nextToken, maxResults }) => {
    const after = nameIn(nextToken);
    const all = [...tables.pipelines.range(after === undefined ? {} : { gt: after })].map(({ value }) => value);
    const { items, ...token } = pageOf(all, ({ name }) => [name], maxResults);
    return {
      pipelines: items.map((record) => ({
        name: record.name,
        version: record.version,
        pipelineType: record.declaration.pipelineType ?? ("V1" as const),
        executionMode: record.declaration.executionMode ?? ("SUPERSEDED" as const),
        created: new Date(record.createdAt),
        updated: new Date(record.updatedAt),
      })),
      ...token,
    };
  };
