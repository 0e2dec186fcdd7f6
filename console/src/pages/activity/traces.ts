import type { CallView } from "../../api/live.ts";
import { rootOfTrace } from "./CallTable.tsx";

export interface Trace {
  readonly id: string;
  readonly calls: readonly CallView[];
  readonly from: number;
  readonly to: number;
  readonly failed: boolean;
}

const startOf = ({ time, durationMs }: CallView): number => time - durationMs;

/** Calls by the request they belong to, the latest first. */
export const tracesOf = (calls: readonly CallView[]): readonly Trace[] => {
  const byRoot = new Map<string, CallView[]>();
  for (const call of calls) {
    if (call.traceId === undefined) continue;
    const root = rootOfTrace(call.traceId);
    byRoot.set(root, [...(byRoot.get(root) ?? []), call]);
  }
  return [...byRoot]
    .map(([id, own]) => {
      const ordered = own.toSorted((a, b) => startOf(a) - startOf(b));
      return {
        id,
        calls: ordered,
        from: Math.min(...own.map(startOf)),
        to: Math.max(...own.map(({ time }) => time)),
        failed: own.some(({ decision }) => decision !== "allowed"),
      };
    })
    .sort((a, b) => b.from - a.from);
};
