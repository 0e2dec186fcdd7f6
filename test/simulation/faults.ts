import { AwsError } from "../../src/kernel/errors.ts";
import type { AnyService, ServiceLoaders } from "../../src/kernel/rooms.ts";

/** Which call is to fail: the n-th, counted from nought, of those that change something. */
export interface FaultPlan {
  readonly failAt: number | undefined;
  /** Counts the calls; a test reads from it how many there were. */
  calls: number;
}

const CHANGES = /^(?:Create|Put|Update|Set|Delete|Tag|Attach)/;

/** The services, one of whose changing calls is refused before it does anything. */
export const failing = (
  loaders: ServiceLoaders,
  names: readonly (keyof ServiceLoaders)[],
  plan: FaultPlan,
): ServiceLoaders => ({
  ...loaders,
  ...Object.fromEntries(
    names.map((name) => [name, async () => refusing(await (loaders[name]?.() ?? missing(name)), plan)]),
  ),
});

const missing = (name: string): never => {
  throw new Error(`there is no service ${name}`);
};

const refusing = (service: AnyService, plan: FaultPlan): AnyService => ({
  ...service,
  open: (deps) => {
    const room = service.open(deps);
    return {
      ...room,
      operation: (name) => {
        const run = room.operation(name);
        if (!run || !CHANGES.test(name)) return run;
        return async (ctx, input) => {
          if (plan.calls++ === plan.failAt)
            throw new AwsError("AccessDenied", `${name} is refused by the simulation`, 403);
          return run(ctx, input);
        };
      },
    };
  },
});
