import { type Clock, systemClock } from "../../kernel/clock.ts";

/** How many requests a second, and how many at once. */
export interface Rate {
  readonly rate: number;
  readonly burst: number;
}

/** Buckets of tokens by name, filled in the machine's time: requests come in it, whatever the cloud's own time is. */
export interface TokenBuckets {
  /** Takes a token; false when there is none, which is AWS's 429. */
  take(name: string, rate: Rate): boolean;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

export const createTokenBuckets = (clock: Clock = systemClock()): TokenBuckets => {
  const buckets = new Map<string, Bucket>();
  return {
    take: (name, { rate, burst }) => {
      const now = clock.now();
      const bucket = buckets.get(name) ?? { tokens: burst, filledAt: now };
      bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * rate);
      bucket.filledAt = now;
      buckets.set(name, bucket);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
};
