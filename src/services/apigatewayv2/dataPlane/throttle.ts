import { createTokenBuckets, type TokenBuckets } from "../../../engines/gateway/tokenBuckets.ts";
import { DEFAULT_BURST, DEFAULT_RATE } from "../limits.ts";
import type { RouteTable } from "./model.ts";

/** Whether a request for a route may go on; false is AWS's 429. */
export type Throttle = (table: RouteTable, routeKey: string) => boolean;

/**
 * One bucket of tokens for each route with limits of its own, and one for the rest of its stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export const createThrottle = (): Throttle => {
  // By the table of the stage: a change makes a new table, and with it full buckets.
  const buckets = new WeakMap<RouteTable, TokenBuckets>();
  return (table, routeKey) => {
    const { routeSettings = {}, defaultRouteSettings = {} } = table.stage;
    const own = routeSettings[routeKey];
    const limited = own?.ThrottlingRateLimit !== undefined || own?.ThrottlingBurstLimit !== undefined;
    const settings = limited ? { ...defaultRouteSettings, ...own } : defaultRouteSettings;
    const { ThrottlingRateLimit: rate = DEFAULT_RATE, ThrottlingBurstLimit: burst = DEFAULT_BURST } = settings;
    const ofStage = buckets.get(table) ?? createTokenBuckets();
    buckets.set(table, ofStage);
    return ofStage.take(limited ? routeKey : "", { rate, burst });
  };
};
