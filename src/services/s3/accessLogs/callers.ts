import type { Context } from "../../../kernel/context.ts";
import type { Principal } from "../../../kernel/principal.ts";

/** Who made a request, and when it came. */
export interface Seen {
  readonly principal: Principal;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The requests under way to buckets whose access is logged. */
export interface Callers {
  note(ctx: Context, at: number): void;
  /** What is known of a request, which is forgotten. */
  take(requestId: string): Seen | undefined;
}

/** Requests that are remembered at once: calls from within, which nobody takes, are not to fill the memory. */
const MAX_CALLERS = 10_000;

export const createCallers = (): Callers => {
  const seen = new Map<string, Seen>();
  return {
    note: ({ principal, requestId }, at) => {
      if (seen.has(requestId)) return;
      seen.set(requestId, { principal, at });
      const [oldest] = seen.size > MAX_CALLERS ? seen.keys() : [];
      if (oldest !== undefined) seen.delete(oldest);
    },
    take: (requestId) => {
      const known = seen.get(requestId);
      seen.delete(requestId);
      return known;
    },
  };
};
