import { type FunctionSpec, Throttled } from "./spec.ts";

type Seat = Pick<FunctionSpec, "key" | "functionName" | "reservedConcurrency">;

/** Counts the executions under way, per function and of the account. */
export interface Concurrency {
  /** One execution more; throws `Throttled` when the function or the account has no room. */
  enter(spec: Seat): void;
  leave(spec: Seat): void;
  /** That many environments of a version are kept ready from now on. */
  provision(spec: Seat, count: number): void;
}

/**
 * A function with reserved concurrency has its own share, of which its provisioned versions take theirs; all others use what
 * the account has unreserved. https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export const createConcurrency = (unreserved: () => number): Concurrency => {
  const running = new Map<string, number>();
  const provisioned = new Map<string, { readonly functionName: string; readonly count: number }>();
  let shared = 0;

  /** AWS: a version uses what is provisioned for it first; without any it has what its function's versions leave. */
  const checkReserved = ({ key, functionName }: Seat, own: number, reserved: number): void => {
    let room = reserved - own;
    for (const [version, { functionName: name, count }] of provisioned) {
      if (name === functionName && version !== key) room -= Math.max(count - (running.get(version) ?? 0), 0);
    }
    if (room <= 0) throw new Throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
  };
  const count = (name: string, by: 1 | -1): void => {
    const now = (running.get(name) ?? 0) + by;
    if (now > 0) running.set(name, now);
    else running.delete(name);
  };
  return {
    enter: (spec) => {
      const { key, functionName, reservedConcurrency: reserved } = spec;
      if (reserved !== undefined) checkReserved(spec, running.get(functionName) ?? 0, reserved);
      else if (shared >= unreserved()) throw new Throttled("ConcurrentInvocationLimitExceeded");
      count(functionName, 1);
      count(key, 1);
      if (reserved === undefined) shared++;
    },
    leave: ({ key, functionName, reservedConcurrency }) => {
      count(functionName, -1);
      count(key, -1);
      if (reservedConcurrency === undefined) shared--;
    },
    provision: ({ key, functionName }, wanted) => {
      if (wanted > 0) provisioned.set(key, { functionName, count: wanted });
      else provisioned.delete(key);
    },
  };
};
