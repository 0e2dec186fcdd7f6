import type { JsonObject } from "../../../../kernel/json.ts";
import type { ProtectionRecord } from "../../records.ts";
import { refuse } from "../api.ts";
import { flagIn, objectIn } from "../input.ts";
import { unbuilt } from "./unbuilt.ts";

type Reviews = Pick<ProtectionRecord, "pullRequests" | "approvals" | "dismissesStale">;

/** GitHub asks for no more. */
const MAX_APPROVALS = 6;

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
