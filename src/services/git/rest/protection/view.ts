import type { ProtectionRecord } from "../../records.ts";
import type { AskedOf } from "../api.ts";
import { addressesOf, userView } from "../views.ts";

/** https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection */
export const protectionView = (asked: AskedOf, protection: ProtectionRecord) => {
  const { allowForcePushes, allowDeletions, linearHistory = false, locked = false } = protection;
  return {
    url: addressOf(asked, protection),
    ...part("required_status_checks", checksView(asked, protection)),
    ...part("required_pull_request_reviews", reviewsView(asked, protection)),
    ...part("restrictions", pushersView(asked, protection)),
    enforce_admins: enforcementView(asked, protection),
    required_linear_history: { enabled: linearHistory },
    allow_force_pushes: { enabled: allowForcePushes },
    allow_deletions: { enabled: allowDeletions },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: locked },
    allow_fork_syncing: { enabled: false },
  };
};

const part = (name: string, view: object | undefined) => (view ? { [name]: view } : {});

const addressOf = ({ room, repository }: AskedOf, { branch }: ProtectionRecord): string =>
  `${addressesOf(room, repository).api}/branches/${branch}/protection`;

export const checksView = (asked: AskedOf, protection: ProtectionRecord) => {
  const { requiredChecks } = protection;
  const url = `${addressOf(asked, protection)}/required_status_checks`;
  return (
    requiredChecks && {
      url,
      strict: requiredChecks.strict,
      contexts: requiredChecks.contexts,
      contexts_url: `${url}/contexts`,
      checks: requiredChecks.contexts.map((context) => ({ context, app_id: null })),
    }
  );
};

export const reviewsView = (asked: AskedOf, protection: ProtectionRecord) => {
  const { pullRequests, approvals = 0, dismissesStale = false } = protection;
  if (!pullRequests) return undefined;
  return {
    url: `${addressOf(asked, protection)}/required_pull_request_reviews`,
    dismiss_stale_reviews: dismissesStale,
    require_code_owner_reviews: false,
    require_last_push_approval: false,
    required_approving_review_count: approvals,
  };
};

export const pushersView = (asked: AskedOf, protection: ProtectionRecord) => {
  const url = `${addressOf(asked, protection)}/restrictions`;
  return (
    protection.pushers && {
      url,
      users_url: `${url}/users`,
      teams_url: `${url}/teams`,
      apps_url: `${url}/apps`,
      users: protection.pushers.map((login) => userView(asked.room, login)),
      teams: [],
      apps: [],
    }
  );
};

export const enforcementView = (asked: AskedOf, protection: ProtectionRecord) => ({
  url: `${addressOf(asked, protection)}/enforce_admins`,
  enabled: protection.enforceAdmins,
});
