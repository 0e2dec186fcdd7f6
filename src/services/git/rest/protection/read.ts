import type { JsonObject } from "../../../../kernel/json.ts";
import type { ProtectionRecord } from "../../records.ts";
import { refuse } from "../api.ts";
import { flagIn, objectIn } from "../input.ts";
import { checksFrom } from "./readChecks.ts";
import { pushersFrom } from "./readPushers.ts";
import { reviewsFrom } from "./readReviews.ts";
import { unbuilt } from "./unbuilt.ts";

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
