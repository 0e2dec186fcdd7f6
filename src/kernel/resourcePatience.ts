import type { ResourceContext } from "./resource.ts";

/**
 * Tries something anew for a few seconds while it fails for what may pass.
 *
 * AWS: takes so long over a resource that another, which is made beside it and of which it does not know, is there in time.
 */
export const patiently = async <T>(
  ctx: Pick<ResourceContext, "sleep">,
  mayPass: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> => {
  for (let left = MORE_TRIES; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !mayPass(error)) throw error;
    }
    await ctx.sleep(BETWEEN_TRIES_MS);
  }
};

const MORE_TRIES = 5;
const BETWEEN_TRIES_MS = 1000;
