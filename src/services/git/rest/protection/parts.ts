import type { ProtectionRecord } from "../../records.ts";
import { ok, type RepositoryRoute } from "../api.ts";
import { readJson } from "../input.ts";
import { AT, about, changing, shown } from "./answering.ts";
import { checkRuleRoutes } from "./checks.ts";
import { enforcementView, reviewsView } from "./partViews.ts";
import { pusherRoutes } from "./pushers.ts";
import { reviewsFrom } from "./readReviews.ts";
import { unbuilt } from "./unbuilt.ts";

const enforcing = (enforceAdmins: boolean) => (protection: ProtectionRecord) => ({ ...protection, enforceAdmins });

const changeReviews = changing(
  async (protection, asked) => ({ ...protection, ...reviewsFrom(await readJson(asked), protection) }),
  reviewsView,
);

const withoutReviews = ({ approvals: _gone, dismissesStale: _too, ...rest }: ProtectionRecord): ProtectionRecord => ({
  ...rest,
  pullRequests: false,
});

const requireSignatures = about(() => {
  throw unbuilt("required_signatures");
});

/** https://docs.github.com/en/rest/branches/branch-protection: each rule by itself. */
export const protectionPartRoutes: readonly RepositoryRoute[] = [
  ...checkRuleRoutes,
  [`GET ${AT}/enforce_admins`, about((asked, protection) => ok(enforcementView(asked, protection)))],
  [`POST ${AT}/enforce_admins`, changing(enforcing(true), enforcementView)],
  [`DELETE ${AT}/enforce_admins`, changing(enforcing(false))],
  [`GET ${AT}/required_pull_request_reviews`, shown(reviewsView, "Required pull request reviews not enabled")],
  [`PATCH ${AT}/required_pull_request_reviews`, changeReviews],
  [`DELETE ${AT}/required_pull_request_reviews`, changing(withoutReviews)],
  ...pusherRoutes,
  [`GET ${AT}/required_signatures`, about(() => ok({ enabled: false }))],
  [`POST ${AT}/required_signatures`, requireSignatures],
];
