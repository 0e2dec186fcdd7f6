import { DAY_MS } from "../../../kernel/clock.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode } from "../../../kernel/errors.ts";
import { rootOf } from "../../../kernel/principal.ts";
import { badRequest, conflict, missing, notFound } from "../errors.ts";
import { partsOf } from "../find.ts";
import { page } from "../paging.ts";
import { patchedPlan } from "../planPatches.ts";
import type { UsagePlanRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import { dayOf, GRANTED, quotaLeft } from "../usage.ts";
import { findKey, newestFirst } from "./apiKeys.ts";

const PLAN_ID_LENGTH = 6;

export const createUsagePlan =
  (room: Room): Operation<"CreateUsagePlan"> =>
  async (ctx, input) => {
    const given: UsagePlanRecord = {
      ...input,
      apiStages: input.apiStages ?? [],
      id: room.ids.lower(PLAN_ID_LENGTH),
      createdAt: room.clock.now(),
    };
    await checkStages(ctx, room, given);
    const plan = checkedPlan(given);
    room.usagePlans.put(plan.id, plan);
    return planView(plan);
  };

export const getUsagePlan =
  (room: Room): Operation<"GetUsagePlan"> =>
  async (_ctx, { usagePlanId }) => ({ tags: {}, ...planView(findPlan(room, usagePlanId)) });

export const getUsagePlans =
  (room: Room): Operation<"GetUsagePlans"> =>
  async (_ctx, { keyId, ...paging }) =>
    page(
      partsOf(room.usagePlans)
        .filter(({ id }) => keyId === undefined || room.planKeys.has([id, keyId]))
        .map(planView),
      paging,
    );

export const updateUsagePlan =
  (room: Room): Operation<"UpdateUsagePlan"> =>
  async (ctx, { usagePlanId, patchOperations }) => {
    await checkStages(ctx, room, patchedPlan(findPlan(room, usagePlanId), patchOperations ?? []));
    const plan = checkedPlan(patchedPlan(findPlan(room, usagePlanId), patchOperations ?? []));
    room.usagePlans.put(usagePlanId, plan);
    return { tags: {}, ...planView(plan) };
  };

export const deleteUsagePlan =
  (room: Room): Operation<"DeleteUsagePlan"> =>
  async (_ctx, { usagePlanId }) => {
    const { apiStages = [] } = findPlan(room, usagePlanId);
    if (apiStages.length > 0) {
      throw badRequest(`Cannot delete Usage Plan '${usagePlanId}' because of associated API stages`);
    }
    room.records.atomically(() => {
      room.usagePlans.delete(usagePlanId);
      room.planKeys.clear({ prefix: [usagePlanId] });
      room.usage.clear({ prefix: [usagePlanId] });
    });
    return {};
  };

export const createUsagePlanKey =
  (room: Room): Operation<"CreateUsagePlanKey"> =>
  async (_ctx, { usagePlanId, keyId, keyType }) => {
    const plan = findPlan(room, usagePlanId);
    if (keyType !== "API_KEY") throw badRequest("Invalid key type specified: only API_KEY is supported");
    const key = findKey(room, keyId);
    const refused = planConflict(room, plan, keyId);
    if (refused !== undefined) throw conflict(refused);
    joinPlan(room, plan, keyId);
    return { id: keyId, type: keyType, value: key.value, ...(key.name === undefined ? {} : { name: key.name }) };
  };

/** Why a key cannot join a plan; undefined where it can. */
export const planConflict = (
  { usagePlans, planKeys }: Pick<Room, "usagePlans" | "planKeys">,
  plan: UsagePlanRecord,
  keyId: string,
): string | undefined => {
  if (planKeys.has([plan.id, keyId])) {
    return `Usage plan key for usage plan ${plan.id} and key ${keyId} already exists`;
  }
  // AWS: one key counts under one plan for each stage.
  const isShared = partsOf(usagePlans).some((other) => planKeys.has([other.id, keyId]) && sharesStage(other, plan));
  return isShared ? "API Stage is already associated with the same API Key through another usage plan" : undefined;
};

export const joinPlan = ({ planKeys }: Pick<Room, "planKeys">, { id }: UsagePlanRecord, keyId: string): void =>
  planKeys.put([id, keyId], { keyId, keyType: "API_KEY" });

const sharesStage = (a: UsagePlanRecord, b: UsagePlanRecord): boolean =>
  (a.apiStages ?? []).some((one) =>
    (b.apiStages ?? []).some((other) => other.apiId === one.apiId && other.stage === one.stage),
  );

export const getUsagePlanKey =
  (room: Room): Operation<"GetUsagePlanKey"> =>
  async (_ctx, { usagePlanId, keyId }) => {
    findPlan(room, usagePlanId);
    if (!room.planKeys.has([usagePlanId, keyId])) throw notFound("Usage Plan Key");
    return planKeyView(room, keyId);
  };

export const getUsagePlanKeys =
  (room: Room): Operation<"GetUsagePlanKeys"> =>
  async (_ctx, { usagePlanId, nameQuery = "", ...paging }) => {
    // AWS: a plan that is not there has no keys.
    const keys = partsOf(room.planKeys, usagePlanId).map(({ keyId }) => findKey(room, keyId));
    const { items, ...next } = page(newestFirst(keys.filter(({ name = "" }) => name.startsWith(nameQuery))), paging);
    return { items: items.map(({ id }) => planKeyView(room, id)), ...next };
  };

export const deleteUsagePlanKey =
  (room: Room): Operation<"DeleteUsagePlanKey"> =>
  async (_ctx, { usagePlanId, keyId }) => {
    findPlan(room, usagePlanId);
    if (!room.planKeys.has([usagePlanId, keyId])) throw notFound("Usage Plan Key");
    room.planKeys.delete([usagePlanId, keyId]);
    return {};
  };

/** AWS: for each key and day, what was used and what was left. */
export const getUsage =
  (room: Room): Operation<"GetUsage"> =>
  async (_ctx, { usagePlanId, keyId, startDate, endDate }) => {
    const plan = findPlan(room, usagePlanId);
    const days = daysBetween(startDate, endDate);
    const items = partsOf(room.planKeys, usagePlanId)
      .map((planKey) => planKey.keyId)
      .filter((key) => keyId === undefined || key === keyId)
      .map((key) => [
        key,
        days.map((day) => [room.usage.get([usagePlanId, key, day])?.used ?? 0, quotaLeft(room, plan, key)]),
      ]);
    return { usagePlanId, startDate, endDate, items: Object.fromEntries(items) };
  };

/** AWS: grants more of the present period: `/remaining` is set. */
export const updateUsage =
  (room: Room): Operation<"UpdateUsage"> =>
  async (_ctx, { usagePlanId, keyId, patchOperations = [] }) => {
    const plan = findPlan(room, usagePlanId);
    if (!room.planKeys.has([usagePlanId, keyId])) throw notFound("Usage Plan Key");
    for (const { op, path, value } of patchOperations) {
      if (op !== "replace" || path !== "/remaining") throw badRequest(`Invalid patch path '${path}' specified`);
      const key = [usagePlanId, keyId, GRANTED];
      room.usage.delete(key);
      const granted = Number(value) - quotaLeft(room, plan, keyId);
      room.usage.put(key, { day: dayOf(room.clock.now()), used: -granted });
    }
    const today = dayOf(room.clock.now());
    const used = room.usage.get([usagePlanId, keyId, today])?.used ?? 0;
    const items = { [keyId]: [[used, quotaLeft(room, plan, keyId)]] };
    return { usagePlanId, startDate: today, endDate: today, items };
  };

export const findPlan = ({ usagePlans }: Pick<Room, "usagePlans">, id: string): UsagePlanRecord => {
  const plan = usagePlans.get(id);
  if (!plan) throw missing("Invalid Usage Plan ID specified");
  return plan;
};

/** AWS: plans are for stages of REST APIs, and of WebSocket APIs. */
const checkStages = async (ctx: Context, room: Room, { id, apiStages = [] }: UsagePlanRecord): Promise<void> => {
  for (const { apiId = "", stage = "" } of apiStages) {
    if (room.stages.has([apiId, stage]) || (await isOtherStage(ctx, apiId, stage))) continue;
    throw missing(`Invalid API Stage {api: ${apiId}, stage: ${stage}} specified for usageplan ${id}`);
  }
};

const isOtherStage = async (ctx: Context, ApiId: string, StageName: string): Promise<boolean> => {
  try {
    await ctx.as(rootOf(ctx.account, ctx.partition)).call("apigatewayv2", "GetStage", { ApiId, StageName });
    return true;
  } catch (error) {
    if (errorCode(error) === "NotFoundException") return false;
    throw error;
  }
};

/** Refuses the limits that no plan has. AWS: a quota counts from the first day, and says so. */
const checkedPlan = (plan: UsagePlanRecord): UsagePlanRecord => {
  const { quota, throttle } = plan;
  if (quota && !["DAY", "WEEK", "MONTH"].includes(quota.period ?? "")) {
    throw badRequest("Usage Plan quota period must be one of DAY, WEEK, MONTH");
  }
  if (quota && (quota.limit ?? 0) < 0) throw badRequest("Usage Plan quota limit must be at least 0");
  if (throttle && ((throttle.rateLimit ?? 0) < 0 || (throttle.burstLimit ?? 0) < 0)) {
    throw badRequest("Usage Plan throttle limits must be at least 0");
  }
  return quota ? { ...plan, quota: { ...quota, offset: quota.offset ?? 0 } } : plan;
};

const planView = ({ createdAt: _, ...plan }: UsagePlanRecord) => plan;

const planKeyView = (room: Room, keyId: string) => {
  const { value, name } = findKey(room, keyId);
  return { id: keyId, type: "API_KEY", value, ...(name === undefined ? {} : { name }) };
};

const daysBetween = (startDate: string, endDate: string): string[] => {
  const [start, end] = [Date.parse(startDate), Date.parse(endDate)];
  if (Number.isNaN(start) || Number.isNaN(end)) throw badRequest("Usage dates must be of the form YYYY-MM-DD");
  if (end < start) throw badRequest("Usage start date must not be after the end date");
  const count = Math.min(Math.floor((end - start) / DAY_MS) + 1, MAX_DAYS);
  return Array.from({ length: count }, (_, at) => dayOf(start + at * DAY_MS));
};

/** AWS keeps usage for 90 days. */
const MAX_DAYS = 90;
