import { type Clock, systemClock } from "../../../kernel/clock.ts";
import { DEFAULT_BURST, DEFAULT_RATE } from "../limits.ts";
import type { RouteTable } from "./model.ts";

/** Whether a request for a route may go on; false is AWS's 429. */
export type Throttle = (table: RouteTable, routeKey: string) => boolean;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/**
 * One bucket of tokens for each route with limits of its own, and one for the rest of its stage. Requests come in the
 * machine's time, so buckets fill by it. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export const createThrottle = (clock: Clock = systemClock()): Throttle => {
  // By the table of the stage: a change makes a new table, and with it full buckets.
  const buckets = new WeakMap<RouteTable, Map<string, Bucket>>();
  return (table, routeKey) => {
    const { routeSettings = {}, defaultRouteSettings = {} } = table.stage;
    const own = routeSettings[routeKey];
    const limited = own?.ThrottlingRateLimit !== undefined || own?.ThrottlingBurstLimit !== undefined;
    const settings = limited ? { ...defaultRouteSettings, ...own } : defaultRouteSettings;
    const { ThrottlingRateLimit: rate = DEFAULT_RATE, ThrottlingBurstLimit: burst = DEFAULT_BURST } = settings;
    const ofStage = buckets.get(table) ?? new Map<string, Bucket>();
    buckets.set(table, ofStage);
    return taken(ofStage, limited ? routeKey : "", rate, burst, clock.now());
  };
};

const taken = (buckets: Map<string, Bucket>, name: string, rate: number, burst: number, now: number): boolean => {
  const bucket = buckets.get(name) ?? { tokens: burst, filledAt: now };
  bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * rate);
  bucket.filledAt = now;
  buckets.set(name, bucket);
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
};
