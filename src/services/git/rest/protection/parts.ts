import type { ProtectionRecord } from "../../records.ts";
import { type Answer, type AskedOf, nothing, ok, type RepositoryRoute, refuse } from "../api.ts";
import { readJson, readTexts } from "../input.ts";
import { protectedBranchIn, putProtectionOf } from "./branchIn.ts";
import { checksFrom, loginsFrom, reviewsFrom, unbuilt } from "./read.ts";
import { checksView, enforcementView, pushersView, reviewsView } from "./view.ts";

type Route = RepositoryRoute[1];

/** Answers about the rules of the branch that the address names. */
const about =
  (answer: (asked: AskedOf, protection: ProtectionRecord) => Answer | Promise<Answer>): Route =>
  async (asked) =>
    answer(asked, await protectedBranchIn(asked));

/** Keeps the rules as `change` makes them, and answers what `view` shows of them. */
const changing = (
  change: (protection: ProtectionRecord, asked: AskedOf) => ProtectionRecord | Promise<ProtectionRecord>,
  view: (asked: AskedOf, protection: ProtectionRecord) => unknown,
): Route =>
  about(async (asked, before) => {
    const protection = await change(before, asked);
    putProtectionOf(asked, protection);
    const body = view(asked, protection);
    return body === undefined ? nothing : ok(body);
  });

const none = () => undefined;

/** A view whose part is not there is GitHub's 404. */
const shown = (view: (asked: AskedOf, protection: ProtectionRecord) => unknown, what: string): Route =>
  about((asked, protection) => {
    const body = view(asked, protection);
    if (body === undefined) throw refuse(404, what);
    return ok(body);
  });

const NO_CHECKS = "Required status checks not enabled";
const NO_PUSHERS = "Push restrictions not enabled";

const contexts = (_asked: AskedOf, { requiredChecks }: ProtectionRecord) => requiredChecks?.contexts;
const logins = (asked: AskedOf, protection: ProtectionRecord) => pushersView(asked, protection)?.users;

type Join = (before: readonly string[], given: readonly string[]) => readonly string[];

/** How lists are changed: put in place, added to, and taken from. */
const JOINS: Readonly<Record<"PUT" | "POST" | "DELETE", Join>> = {
  PUT: (_before, given) => given,
  POST: (before, given) => [...new Set([...before, ...given])],
  DELETE: (before, given) => before.filter((each) => !given.includes(each)),
};

const changeContexts = (join: Join): Route =>
  changing(async (protection, asked) => {
    const { requiredChecks } = protection;
    if (!requiredChecks) throw refuse(404, NO_CHECKS);
    const given = await readTexts(asked, "contexts");
    return { ...protection, requiredChecks: { ...requiredChecks, contexts: join(requiredChecks.contexts, given) } };
  }, contexts);

const changePushers = (join: Join): Route =>
  changing(async (protection, asked) => {
    if (!protection.pushers) throw refuse(404, NO_PUSHERS);
    return { ...protection, pushers: join(protection.pushers, loginsFrom(await readTexts(asked, "users"))) };
  }, logins);

const withoutChecks = ({ requiredChecks: _gone, ...rest }: ProtectionRecord): ProtectionRecord => rest;
const withoutPushers = ({ pushers: _gone, ...rest }: ProtectionRecord): ProtectionRecord => rest;
const withoutReviews = ({ approvals: _gone, dismissesStale: _too, ...rest }: ProtectionRecord): ProtectionRecord => ({
  ...rest,
  pullRequests: false,
});

/** What answers each list of a protection: by its address, its view, and how it is changed. */
const listRoutes = (path: string, get: Route, change: (join: Join) => Route): readonly RepositoryRoute[] => [
  [`GET ${path}`, get],
  [`PUT ${path}`, change(JOINS.PUT)],
  [`POST ${path}`, change(JOINS.POST)],
  [`DELETE ${path}`, change(JOINS.DELETE)],
];

const AT = "/branches/**/protection";

/** https://docs.github.com/en/rest/branches/branch-protection: each rule by itself. */
export const protectionPartRoutes: readonly RepositoryRoute[] = [
  ...listRoutes(`${AT}/required_status_checks/contexts`, shown(contexts, NO_CHECKS), changeContexts),
  [`GET ${AT}/required_status_checks`, shown(checksView, NO_CHECKS)],
  [
    `PATCH ${AT}/required_status_checks`,
    changing(
      async (protection, asked) => ({
        ...protection,
        requiredChecks: checksFrom(await readJson(asked), protection.requiredChecks),
      }),
      checksView,
    ),
  ],
  [`DELETE ${AT}/required_status_checks`, changing(withoutChecks, none)],
  [`GET ${AT}/enforce_admins`, shown(enforcementView, "")],
  [`POST ${AT}/enforce_admins`, changing((protection) => ({ ...protection, enforceAdmins: true }), enforcementView)],
  [`DELETE ${AT}/enforce_admins`, changing((protection) => ({ ...protection, enforceAdmins: false }), none)],
  [`GET ${AT}/required_pull_request_reviews`, shown(reviewsView, "Required pull request reviews not enabled")],
  [
    `PATCH ${AT}/required_pull_request_reviews`,
    changing(
      async (protection, asked) => ({ ...protection, ...reviewsFrom(await readJson(asked), protection) }),
      reviewsView,
    ),
  ],
  [`DELETE ${AT}/required_pull_request_reviews`, changing(withoutReviews, none)],
  ...listRoutes(`${AT}/restrictions/users`, shown(logins, NO_PUSHERS), changePushers),
  [`GET ${AT}/restrictions`, shown(pushersView, NO_PUSHERS)],
  [`DELETE ${AT}/restrictions`, changing(withoutPushers, none)],
  [`GET ${AT}/required_signatures`, about(() => ok({ enabled: false }))],
  [
    `POST ${AT}/required_signatures`,
    about(() => {
      throw unbuilt("required_signatures");
    }),
  ],
];
