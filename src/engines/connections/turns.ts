import type { Clock } from "../../kernel/clock.ts";

/** When each API destination may next be asked. */
export interface Turns {
  /** Waits until the destination's rate allows one more. */
  wait(arn: string, ratePerSecond: number, signal: AbortSignal): Promise<void>;
  forget(arn: string): void;
}

export const createTurns = ({ clock }: { readonly clock: Clock }): Turns => {
  const nextAt = new Map<string, number>();
  return {
    wait: async (arn, ratePerSecond, signal) => {
      const now = clock.now();
      const at = Math.max(now, nextAt.get(arn) ?? 0);
      nextAt.set(arn, at + 1000 / ratePerSecond);
      if (at > now) await clock.sleep(at - now, signal);
    },
    forget: (arn) => void nextAt.delete(arn),
  };
};
