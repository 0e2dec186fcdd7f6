import type { MethodSetting } from "@aws-sdk/client-api-gateway";
import type { HttpResponse } from "../../../kernel/http.ts";
import { settingKey } from "../methodSettings.ts";
import type { Room } from "../room.ts";
import { mayInvalidate } from "./guard.ts";
import { mappedValue } from "./mapping.ts";
import { recordCache } from "./meter.ts";
import type { Refusal } from "./refusal.ts";
import { headerOf, type MethodRequest } from "./request.ts";
import { cacheStage } from "./responseCache.ts";

/** An answer, and whether the stage's cache had it. */
export interface CachedAnswer {
  readonly answer: HttpResponse;
  readonly isHit: boolean;
}

/**
 * Answers out of a stage's cache, or asks the backend and keeps what it says.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export const throughCache = async (
  room: Room,
  request: MethodRequest,
  ask: () => Promise<HttpResponse>,
): Promise<CachedAnswer | Refusal> => {
  const settings = cachingOf(request);
  if (!settings) return { answer: await ask(), isHit: false };
  const renewal = await renewalOf(room, request, settings);
  if (renewal === "refused") return { refusal: "ACCESS_DENIED" };
  const [stage, key] = [cacheStage(request.table.api.id, request.table.stage.stageName), keyOf(request)];
  const known = renewal === "asked" ? undefined : room.responseCache.get(stage, key, room.clock.now());
  recordCache(room, request.table, known !== undefined);
  const answer = known ?? (await ask());
  if (!known && answer.status < 400) {
    room.responseCache.put(stage, key, answer, room.clock.now() + ttlOf(settings) * 1000);
  }
  const warned = renewal === "ignored" ? { ...answer, headers: { ...answer.headers, warning: IGNORED } } : answer;
  return { answer: warned, isHit: known !== undefined };
};

const DEFAULT_TTL_SECONDS = 300;
const ttlOf = ({ cacheTtlInSeconds = DEFAULT_TTL_SECONDS }: MethodSetting): number => cacheTtlInSeconds;

/** The settings of a method whose answers are cached. AWS: what holds for all methods holds for those of GET alone. */
const cachingOf = ({ table, match }: MethodRequest): MethodSetting | undefined => {
  const { cacheClusterEnabled, methodSettings = {} } = table.stage;
  if (!cacheClusterEnabled) return undefined;
  const own = methodSettings[settingKey(match.target)];
  const all = match.target.method.httpMethod === "GET" ? methodSettings["*/*"] : undefined;
  const settings = own?.cachingEnabled === undefined ? all : own;
  return settings?.cachingEnabled && ttlOf(settings) > 0 ? settings : undefined;
};

const IGNORED = "199 Cache-control headers were ignored because the caller was unauthorized.";

/** What becomes of a caller's wish for an answer that is not out of the cache. */
type Renewal = "none" | "asked" | "ignored" | "silently ignored" | "refused";

const renewalOf = async (room: Room, request: MethodRequest, settings: MethodSetting): Promise<Renewal> => {
  if (!/(?:^|[\s,])max-age=0(?:$|[\s,])/.test(headerOf(request, "cache-control") ?? "")) return "none";
  const { requireAuthorizationForCacheControl = true, unauthorizedCacheControlHeaderStrategy } = settings;
  if (!requireAuthorizationForCacheControl || (await mayInvalidate(room, request))) return "asked";
  switch (unauthorizedCacheControlHeaderStrategy) {
    case "FAIL_WITH_403":
      return "refused";
    case "SUCCEED_WITHOUT_RESPONSE_HEADER":
      return "silently ignored";
    default:
      return "ignored";
  }
};

/** Whatever tells one answer from another: the parameters that the integration names, beside where the request went. */
const keyOf = (request: MethodRequest): string => {
  const { integration, resource, method } = request.match.target;
  const { cacheKeyParameters = [], cacheNamespace = resource.id, requestParameters = {} } = integration;
  const values = cacheKeyParameters.map((name) => {
    // A parameter of the integration's request is told by what it is made of.
    const source = name.startsWith("integration.") ? (requestParameters[name] ?? "") : name;
    return mappedValue(request, source) ?? null;
  });
  const { isCanary = false, stage } = request.table;
  const isApart = isCanary && stage.canarySettings?.useStageCache !== true;
  return JSON.stringify([cacheNamespace, method.httpMethod, request.http.method, isApart, values]);
};
