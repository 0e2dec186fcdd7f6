import { Throttled } from "./spec.ts";

/** Counts the executions under way, per function and of the account. */
export interface Concurrency {
  /** One execution more; throws `Throttled` when the function or the account has no room. */
  enter(functionName: string, reserved: number | undefined): void;
  leave(functionName: string, reserved: number | undefined): void;
}

/**
 * A function with reserved concurrency has its own share; all others use what the account has unreserved.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export const createConcurrency = (unreserved: () => number): Concurrency => {
  const running = new Map<string, number>();
  let shared = 0;
  return {
    enter: (functionName, reserved) => {
      const own = running.get(functionName) ?? 0;
      if (reserved !== undefined && own >= reserved) {
        throw new Throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
      }
      if (reserved === undefined && shared >= unreserved()) throw new Throttled("ConcurrentInvocationLimitExceeded");
      running.set(functionName, own + 1);
      if (reserved === undefined) shared++;
    },
    leave: (functionName, reserved) => {
      const own = (running.get(functionName) ?? 1) - 1;
      if (own > 0) running.set(functionName, own);
      else running.delete(functionName);
      if (reserved === undefined) shared--;
    },
  };
};
