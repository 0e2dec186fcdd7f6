import { yamlFileError } from "../failure.ts";
import type { Place } from "./reader.ts";
import type { CacheSpec } from "./types.ts";

const MAX_FALLBACK_KEYS = 5;
const ACTIONS = ["restore", "save"];

/** https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.cache */
export const readCache = (place: Place | undefined): CacheSpec => {
  const cache = place?.entries();
  const key = cache?.get("key")?.text();
  const fallbackKeys = cache?.get("fallback-keys")?.texts() ?? [];
  if (fallbackKeys.length > MAX_FALLBACK_KEYS)
    throw yamlFileError(`Too many fallback-keys in cache: ${fallbackKeys.length}. Maximum: ${MAX_FALLBACK_KEYS}`);
  const action = cache?.get("action")?.text();
  if (action && !ACTIONS.includes(action))
    throw yamlFileError(`Invalid cache action: ${action}. Expecting: ${ACTIONS.join(",")}`);
  return {
    paths: cache?.get("paths")?.texts() ?? [],
    ...(key ? { key } : {}),
    // AWS: without a key of its own a cache has no others.
    fallbackKeys: key ? fallbackKeys : [],
    restores: action !== "save",
    saves: action !== "restore",
  };
};
