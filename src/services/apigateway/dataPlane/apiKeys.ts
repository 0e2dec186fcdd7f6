import { partsOf } from "../find.ts";
import type { ApiKeyRecord, UsagePlanRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { countUse, quotaLeft } from "../usage.ts";
import type { Refusal } from "./refusal.ts";
import { headerOf, type MethodRequest } from "./request.ts";

/** What a request brings a key for. */
export interface KeyUse {
  readonly apiId: string;
  readonly stageName: string;
  /** What a plan may have limits of its own for: `/items/GET`, or the key of a route. */
  readonly method: string;
  readonly value: string;
  /** Whether it counts for the plan's limits and quota. */
  readonly isCounted: boolean;
}

/** A key that a plan of the stage knows, or why it is refused. */
export type KeyAnswer =
  | { readonly id: string; readonly value: string }
  | { readonly refusal: "INVALID_API_KEY" | "QUOTA_EXCEEDED" | "THROTTLED" };

/**
 * Finds the request's API key and charges it to its usage plan for the stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export const chargeApiKey = (room: Room, request: MethodRequest): MethodRequest | Refusal => {
  const { api, stage } = request.table;
  const { resource, method } = request.match.target;
  const given =
    api.apiKeySource === "AUTHORIZER" ? request.authorizer?.["usageIdentifierKey"] : headerOf(request, "x-api-key");
  const apiKey = chargeKey(room, {
    apiId: api.id,
    stageName: stage.stageName,
    method: `${resource.path}/${method.httpMethod}`,
    value: typeof given === "string" ? given : "",
    isCounted: true,
  });
  return "refusal" in apiKey ? apiKey : { ...request, apiKey };
};

/** The same for any request. AWS: a key that is not known, not enabled, or in no plan of the stage is the same refusal. */
export const chargeKey = (room: Room, use: KeyUse): KeyAnswer => {
  const key = keyOf(room, use.value);
  const plan = key?.enabled ? planOf(room, key.id, use) : undefined;
  if (!key || !plan) return { refusal: "INVALID_API_KEY" };
  const { id, value } = key;
  if (!use.isCounted) return { id, value };
  if (plan.quota && quotaLeft(room, plan, id) <= 0) return { refusal: "QUOTA_EXCEEDED" };
  if (!takes(room, plan, id, use)) return { refusal: "THROTTLED" };
  if (plan.quota) countUse(room, plan, id);
  return { id, value };
};

const keyOf = ({ apiKeys, keyIds }: Room, value: string): ApiKeyRecord | undefined => {
  const id = value === "" ? undefined : keyIds.get(value);
  return id === undefined ? undefined : apiKeys.get(id);
};

const planOf = (room: Room, keyId: string, use: KeyUse): UsagePlanRecord | undefined =>
  partsOf(room.usagePlans).find((plan) => stageOf(plan, use) && room.planKeys.has([plan.id, keyId]));

const stageOf = ({ apiStages }: UsagePlanRecord, { apiId, stageName }: KeyUse) =>
  apiStages?.find((one) => one.apiId === apiId && one.stage === stageName);

/** AWS: a plan's limits are each key's own; those of one method count before the plan's. */
const takes = ({ buckets }: Room, plan: UsagePlanRecord, keyId: string, use: KeyUse): boolean => {
  const own = stageOf(plan, use)?.throttle?.[use.method];
  const { rateLimit, burstLimit } = own ?? plan.throttle ?? {};
  if (rateLimit === undefined || rateLimit <= 0) return true;
  const name = `${plan.id}/${keyId}/${own ? `${use.apiId}/${use.stageName}${use.method}` : ""}`;
  return buckets.take(name, { rate: rateLimit, burst: Math.max(burstLimit ?? 0, 1) });
};
