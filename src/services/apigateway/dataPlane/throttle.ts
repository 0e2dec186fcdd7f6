import { DEFAULT_BURST, DEFAULT_RATE } from "../limits.ts";
import { settingKey } from "../methodSettings.ts";
import type { Room } from "../room.ts";
import type { MethodRequest } from "./request.ts";

/** Whether a stage's settings let no more requests through just now. */
export const isThrottled = ({ buckets }: Pick<Room, "buckets">, { table, match }: MethodRequest): boolean => {
  const { methodSettings = {}, stageName } = table.stage;
  const path = settingKey(match.target);
  // AWS: a method's own settings count before those of all methods.
  const own = methodSettings[path];
  const settings = own?.throttlingRateLimit === undefined ? methodSettings["*/*"] : own;
  const rate = settings?.throttlingRateLimit ?? DEFAULT_RATE;
  const burst = settings?.throttlingBurstLimit ?? DEFAULT_BURST;
  // AWS writes -1 for no limit of its own.
  if (rate < 0) return false;
  const name = `${table.api.id}/${stageName}/${settings === own && own ? path : "*"}`;
  return !buckets.take(name, { rate, burst: burst < 0 ? DEFAULT_BURST : burst });
};
