import type { CallView } from "../../api/live.ts";
import { endOf, startOf } from "./traces.ts";

/** One call of a trace's waterfall, or several of the same one after another. */
export interface Bar {
  readonly call: CallView;
  readonly count: number;
  readonly depth: number;
  readonly from: number;
  readonly to: number;
}

/** Calls in the order they began, each below the part of the work from within which it was made. */
export const barsOf = (ordered: readonly CallView[]): readonly Bar[] => {
  const parts = new Set(ordered.map(({ segment }) => segment));
  const below = new Map<string | undefined, CallView[]>();
  for (const call of ordered) {
    const parent = parentOf(call);
    // What it was made from within is gone from the log, or told only at its end.
    const place = parts.has(parent) ? parent : undefined;
    below.set(place, [...(below.get(place) ?? []), call]);
  }
  return barsBelow(below, undefined, 0);
};

const parentOf = ({ traceId = "" }: CallView): string | undefined => /Parent=([^;]+)/.exec(traceId)?.[1];

const barsBelow = (
  below: ReadonlyMap<string | undefined, readonly CallView[]>,
  part: string | undefined,
  depth: number,
): readonly Bar[] => {
  const bars: Bar[] = [];
  for (const call of below.get(part) ?? []) {
    const last = bars.at(-1);
    if (last?.depth === depth && isAlike(last.call, call)) {
      bars[bars.length - 1] = { ...last, count: last.count + 1, to: Math.max(last.to, endOf(call)) };
    } else {
      bars.push({ call, count: 1, depth, from: startOf(call), to: endOf(call) });
      if (call.segment !== undefined) bars.push(...barsBelow(below, call.segment, depth + 1));
    }
  }
  return bars;
};

/** Whoever waits for something looks at it again and again. */
const isAlike = (one: CallView, other: CallView): boolean =>
  one.segment === undefined &&
  other.segment === undefined &&
  one.service === other.service &&
  one.operation === other.operation &&
  one.decision === other.decision;
