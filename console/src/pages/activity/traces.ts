import type { CallView } from "../../api/live.ts";
import { cloudNow } from "../../api/session.ts";
import { rootOfTrace } from "./CallTable.tsx";

export interface Trace {
  readonly id: string;
  readonly calls: readonly CallView[];
  /** What each call is named by, in their order. */
  readonly labels: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly failed: boolean;
  /** Whether a part of it is under way. */
  readonly running: boolean;
}

export const startOf = ({ time, durationMs }: CallView): number => time - durationMs;

export const endOf = ({ time, running }: CallView): number => (running ? cloudNow() : time);

/** `execute-api:GET /facts 200`: a request with how it was answered, a call with its operation. */
export const labelOf = ({ service, operation, status }: CallView): string =>
  `${service}:${operation}${status === undefined ? "" : ` ${status}`}`;

/** Calls by the request they belong to, the latest first. */
export const tracesOf = (calls: readonly CallView[]): readonly Trace[] => {
  const byRoot = new Map<string, CallView[]>();
  for (const call of calls) {
    if (call.traceId === undefined) continue;
    const root = rootOfTrace(call.traceId);
    const own = byRoot.get(root);
    if (own) own.push(call);
    else byRoot.set(root, [call]);
  }
  return [...byRoot].map(([id, own]) => traced(id, own)).sort((a, b) => b.from - a.from);
};

/** One trace of all calls given: those of traces it is linked to are among them. */
export const traceOf = (calls: readonly CallView[], id: string): Trace | undefined =>
  calls.length > 0 ? traced(id, calls) : undefined;

/** What began earlier comes first, and of what began at once, what lasted longer: it led to the others. */
const traced = (id: string, calls: readonly CallView[]): Trace => {
  const ordered = calls.toSorted((a, b) => startOf(a) - startOf(b) || endOf(b) - endOf(a) || b.seq - a.seq);
  return {
    id,
    calls: ordered,
    labels: ordered.map(labelOf),
    from: Math.min(...calls.map(startOf)),
    to: Math.max(...calls.map(endOf)),
    failed: calls.some(({ decision }) => decision !== "allowed"),
    running: calls.some(({ running }) => running),
  };
};
