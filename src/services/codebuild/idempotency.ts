import { invalidInput } from "./errors.ts";
import { IDEMPOTENCY_MS } from "./limits.ts";
import type { Room } from "./room.ts";

type Parts = Pick<Room, "tokens" | "clock">;

/** What an earlier request with the same token started. Throws when it was another request. */
export const repeatedOf = <R>(
  { tokens, clock }: Parts,
  project: string,
  token: string | undefined,
  request: object,
  find: (id: string) => R | undefined,
): R | undefined => {
  const seen = token ? tokens.get([project, token]) : undefined;
  if (!seen || seen.at + IDEMPOTENCY_MS < clock.now()) return undefined;
  if (seen.request !== JSON.stringify(request))
    throw invalidInput("Parameters do not match a previous request with the same idempotency token");
  return find(seen.buildId);
};

/** Remembers what a request with a token has started, and forgets what is too old to be asked for. */
export const rememberToken = (
  { tokens, clock }: Parts,
  project: string,
  token: string | undefined,
  request: object,
  buildId: string,
): void => {
  if (!token) return;
  const now = clock.now();
  for (const { key, value } of tokens.range({ prefix: [project] })) {
    if (value.at + IDEMPOTENCY_MS < now) tokens.delete(key);
  }
  tokens.put([project, token], { buildId, request: JSON.stringify(request), at: now });
};
