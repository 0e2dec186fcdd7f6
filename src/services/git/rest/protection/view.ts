import type { ProtectionRecord } from "../../records.ts";
import type { AskedOf } from "../api.ts";
import { addressOf, checksView, enforcementView, pushersView, reviewsView } from "./partViews.ts";

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
