import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";

/** How many requests are traced. */
export interface SamplingRates {
  /** Of each second, so many at least. */
  readonly reservoirSize: number;
  /** Of the others, this part. */
  readonly fixedRate: number;
}

/** Decides whether a request that nobody has decided about is traced. https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html */
export interface Reservoir {
  /** `key` names what the rates are those of: a function, a rule. */
  decide(key: string, rates: SamplingRates): boolean;
}

const MAX_KEYS = 10_000;

export const createReservoir = ({ clock, ids }: { readonly clock: Clock; readonly ids: Ids }): Reservoir => {
  let second = 0;
  const taken = new Map<string, number>();
  return {
    decide: (key, { reservoirSize, fixedRate }) => {
      const now = Math.floor(clock.now() / 1000);
      if (now !== second || taken.size > MAX_KEYS) taken.clear();
      second = now;
      const before = taken.get(key) ?? 0;
      if (before >= reservoirSize) return ids.bytes(4).readUInt32BE() / 2 ** 32 < fixedRate;
      taken.set(key, before + 1);
      return true;
    },
  };
};
