import { partsOf } from "../find.ts";
import type { ApiKeyRecord, UsagePlanRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { countUse, quotaLeft } from "../usage.ts";
import type { Refusal } from "./refusal.ts";
import { headerOf, type MethodRequest } from "./request.ts";

/**
 * Finds the request's API key and charges it to its usage plan for the stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export const chargeApiKey = (room: Room, request: MethodRequest): MethodRequest | Refusal => {
  const { api, stage } = request.table;
  const value =
    api.apiKeySource === "AUTHORIZER" ? request.authorizer?.["usageIdentifierKey"] : headerOf(request, "x-api-key");
  const key = typeof value === "string" ? keyOf(room, value) : undefined;
  const plan = key?.enabled ? planOf(room, key.id, api.id, stage.stageName) : undefined;
  // AWS: a key that is not known, not enabled, or in no plan of the stage is the same refusal.
  if (!key || !plan) return { refusal: "INVALID_API_KEY" };
  if (plan.quota && quotaLeft(room, plan, key.id) <= 0) return { refusal: "QUOTA_EXCEEDED" };
  if (!takes(room, plan, key.id, request)) return { refusal: "THROTTLED" };
  if (plan.quota) countUse(room, plan, key.id);
  return { ...request, apiKey: { id: key.id, value: key.value } };
};

const keyOf = ({ apiKeys, keyIds }: Room, value: string): ApiKeyRecord | undefined => {
  const id = keyIds.get(value);
  return id === undefined ? undefined : apiKeys.get(id);
};

const planOf = (room: Room, keyId: string, apiId: string, stageName: string): UsagePlanRecord | undefined =>
  partsOf(room.usagePlans).find(
    ({ id, apiStages = [] }) =>
      apiStages.some((one) => one.apiId === apiId && one.stage === stageName) && room.planKeys.has([id, keyId]),
  );

/** AWS: a plan's limits are each key's own; those of one method count before the plan's. */
const takes = ({ buckets }: Room, plan: UsagePlanRecord, keyId: string, { table, match }: MethodRequest): boolean => {
  const { api, stage } = table;
  const ofStage = plan.apiStages?.find((one) => one.apiId === api.id && one.stage === stage.stageName);
  const path = `${match.target.resource.path}/${match.target.method.httpMethod}`;
  const own = ofStage?.throttle?.[path];
  const { rateLimit, burstLimit } = own ?? plan.throttle ?? {};
  if (rateLimit === undefined || rateLimit <= 0) return true;
  const name = `${plan.id}/${keyId}/${own ? `${api.id}/${stage.stageName}${path}` : ""}`;
  return buckets.take(name, { rate: rateLimit, burst: Math.max(burstLimit ?? 0, 1) });
};
