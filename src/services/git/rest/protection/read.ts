import { isJsonObject, type JsonObject } from "../../../../kernel/json.ts";
import { OWNER } from "../../limits.ts";
import type { ProtectionRecord } from "../../records.ts";
import { refuse } from "../api.ts";
import { flagIn, objectIn, textsIn } from "../input.ts";

const REQUIRED = ["required_status_checks", "enforce_admins", "required_pull_request_reviews", "restrictions"];

/** The rules a request gives a branch: https://docs.github.com/en/rest/branches/branch-protection#update-branch-protection */
export const protectionFrom = (branch: string, body: JsonObject): ProtectionRecord => {
  for (const member of REQUIRED) {
    if (body[member] === undefined) throw refuse(422, `Invalid request.\n\n"${member}" wasn't supplied.`);
  }
  for (const name of ["required_conversation_resolution", "block_creations", "lock_allows_fork_sync"])
    if (flagIn(body, name)) throw unbuilt(name);
  const checks = objectIn(body, "required_status_checks");
  const reviews = objectIn(body, "required_pull_request_reviews");
  const restrictions = objectIn(body, "restrictions");
  return {
    branch,
    allowForcePushes: flagIn(body, "allow_force_pushes") ?? false,
    allowDeletions: flagIn(body, "allow_deletions") ?? false,
    enforceAdmins: flagIn(body, "enforce_admins") ?? false,
    ...(checks ? { requiredChecks: checksFrom(checks) } : {}),
    ...(reviews ? reviewsFrom(reviews) : { pullRequests: false }),
    ...(restrictions ? { pushers: pushersFrom(restrictions) } : {}),
    linearHistory: flagIn(body, "required_linear_history") ?? false,
    locked: flagIn(body, "lock_branch") ?? false,
  };
};

/** Rules that nothing here would hold anybody to are refused. */
export const unbuilt = (what: string) => refuse(501, `aloft has not built the protection of branches by ${what} yet.`);

type Checks = NonNullable<ProtectionRecord["requiredChecks"]>;

/** What the request leaves out is as it was before. */
export const checksFrom = (given: JsonObject, before?: Checks): Checks => {
  const isGiven = given["contexts"] !== undefined || given["checks"] !== undefined;
  return {
    strict: flagIn(given, "strict") ?? before?.strict ?? false,
    contexts: isGiven ? contextsIn(given) : (before?.contexts ?? []),
  };
};

const contextsIn = (given: JsonObject): readonly string[] => {
  const named = textsIn(given, "contexts") ?? [];
  const listed = Array.isArray(given["checks"]) ? given["checks"] : [];
  const more = listed.flatMap((each) =>
    isJsonObject(each) && typeof each["context"] === "string" ? [each["context"]] : [],
  );
  return [...new Set([...named, ...more])];
};

type Reviews = Pick<ProtectionRecord, "pullRequests" | "approvals" | "dismissesStale">;

export const MAX_APPROVALS = 6;

export const reviewsFrom = (given: JsonObject, before?: Reviews): Reviews => {
  for (const name of ["require_code_owner_reviews", "require_last_push_approval"])
    if (flagIn(given, name)) throw unbuilt(name);
  for (const name of ["dismissal_restrictions", "bypass_pull_request_allowances"]) {
    const people = Object.values(objectIn(given, name) ?? {});
    if (people.some((each) => Array.isArray(each) && each.length > 0)) throw unbuilt(name);
  }
  const count = given["required_approving_review_count"] ?? before?.approvals ?? 1;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0 || count > MAX_APPROVALS)
    throw refuse(
      422,
      `Invalid request.\n\nFor 'required_approving_review_count', ${JSON.stringify(count)} is not a number from 0 to ${MAX_APPROVALS}.`,
    );
  return {
    pullRequests: true,
    approvals: count,
    dismissesStale: flagIn(given, "dismiss_stale_reviews") ?? before?.dismissesStale ?? false,
  };
};

/** There are neither teams nor apps here. */
const pushersFrom = (restrictions: JsonObject): readonly string[] => {
  for (const kind of ["teams", "apps"]) {
    if ((textsIn(restrictions, kind) ?? []).length > 0) throw unbuilt(`restrictions to ${kind}`);
  }
  return loginsFrom(textsIn(restrictions, "users") ?? []);
};

export const loginsFrom = (users: readonly string[]): readonly string[] => {
  const wrong = users.find((login) => !OWNER.test(login));
  if (wrong !== undefined) throw refuse(422, `Invalid request.\n\n${JSON.stringify(wrong)} is not a login.`);
  return [...new Set(users.map((login) => login.toLowerCase()))];
};
