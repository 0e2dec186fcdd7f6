import type { ProtectionRecord } from "../../records.ts";
import type { AskedOf } from "../api.ts";
import { addressesOf, userView } from "../views.ts";

export const addressOf = ({ room, repository }: AskedOf, { branch }: ProtectionRecord): string =>
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
