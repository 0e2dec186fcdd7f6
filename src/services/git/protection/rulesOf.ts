import { pathPattern } from "../../../engines/build/glob.ts";
import { keyOf } from "../../../engines/git/place.ts";
import type { RepositoryName } from "../../../kernel/gitHost.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../kernel/json.ts";
import type { ProtectionRecord, RuleRecord, RulesetRecord } from "../records.ts";
import type { Room } from "../room.ts";

/** A rule that is about a branch, with its set, and what it asks in the words of a protection. */
export interface Ruled {
  readonly set: RulesetRecord;
  readonly rule: RuleRecord;
  readonly asks: Partial<ProtectionRecord>;
}

/** The rules that are about a branch now. */
export const rulesOf = (room: Room, repository: RepositoryName, branch: string): readonly Ruled[] => {
  const sets = [...room.rulesets.values({ prefix: keyOf(repository) })].filter(({ active }) => active);
  if (sets.length === 0) return [];
  const isDefault = room.repositories.get(repository)?.defaultBranch === branch;
  const fits = (pattern: string): boolean => {
    if (pattern === "~ALL") return true;
    return pattern === "~DEFAULT_BRANCH" ? isDefault : pathPattern(pattern).matches(`refs/heads/${branch}`);
  };
  return sets
    .filter(({ include, exclude }) => include.some(fits) && !exclude.some(fits))
    .flatMap((set) => set.rules.map((rule) => ({ set, rule, asks: ASKS[rule.type](rule.parameters ?? {}) })));
};

/** https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets */
const ASKS: Readonly<Record<RuleRecord["type"], (parameters: JsonObject) => Partial<ProtectionRecord>>> = {
  deletion: () => ({ allowDeletions: false }),
  non_fast_forward: () => ({ allowForcePushes: false }),
  required_linear_history: () => ({ linearHistory: true }),
  update: () => ({ locked: true }),
  pull_request: ({ required_approving_review_count: count, dismiss_stale_reviews_on_push: dismisses }) => ({
    pullRequests: true,
    approvals: Number(count ?? 0),
    dismissesStale: dismisses === true,
  }),
  required_status_checks: ({ strict_required_status_checks_policy: strict, required_status_checks: checks }) => ({
    requiredChecks: { strict: strict === true, contexts: contextsIn(checks) },
  }),
};

export const contextsIn = (checks: JsonValue | undefined): readonly string[] =>
  (Array.isArray(checks) ? checks : []).flatMap((check) =>
    isJsonObject(check) && typeof check["context"] === "string" ? [check["context"]] : [],
  );
