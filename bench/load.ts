import { createRequire } from "node:module";

/** One request of a load; what is absent is the load's own. */
export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent in turn on each connection. */
  readonly requests?: readonly LoadRequest[];
  /** In seconds. */
  readonly duration?: number;
  /** How many requests, instead of how long. */
  readonly amount?: number;
}

interface LoadResult {
  readonly requests: { readonly average: number; readonly total: number };
  readonly non2xx: number;
  readonly errors: number;
}

const autocannon: (load: Load) => Promise<LoadResult> = createRequire(import.meta.url)("autocannon");

/** Sends requests, each as soon as the last one on its connection is answered. Throws when any fails. */
export const load = async (options: Load): Promise<LoadResult> => {
  const result = await autocannon(options);
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx + result.errors} requests failed`);
  return result;
};

/** Requests a second, after a second of warming up. */
export const rate = async (options: Omit<Load, "duration" | "amount">, seconds: number): Promise<number> => {
  await load({ ...options, duration: 1 });
  return (await load({ ...options, duration: seconds })).requests.average;
};
