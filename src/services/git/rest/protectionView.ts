import type { ProtectionRecord } from "../records.ts";
import type { AskedOf } from "./api.ts";
import { addressesOf } from "./views.ts";

/** https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection */
export const protectionView = ({ room, repository }: AskedOf, protection: ProtectionRecord) => {
  const url = `${addressesOf(room, repository).api}/branches/${protection.branch}/protection`;
  const { requiredChecks, pullRequests, enforceAdmins, allowForcePushes, allowDeletions } = protection;
  return {
    url,
    ...(requiredChecks
      ? {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: requiredChecks.strict,
            contexts: requiredChecks.contexts,
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: requiredChecks.contexts.map((context) => ({ context, app_id: null })),
          },
        }
      : {}),
    ...(pullRequests
      ? {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: false,
            require_code_owner_reviews: false,
            require_last_push_approval: false,
            required_approving_review_count: 0,
          },
        }
      : {}),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: enforceAdmins },
    required_linear_history: { enabled: false },
    allow_force_pushes: { enabled: allowForcePushes },
    allow_deletions: { enabled: allowDeletions },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: false },
  };
};
