import type { ProtectionRecord } from "../../records.ts";
import { type AskedOf, type RepositoryRoute, refuse } from "../api.ts";
import { readJson, readTexts } from "../input.ts";
import { AT, changing, type Route, shown } from "./answering.ts";
import { type Join, listRoutes } from "./lists.ts";
import { checksView } from "./partViews.ts";
import { checksFrom } from "./readChecks.ts";

const NONE = "Required status checks not enabled";

const contexts = (_asked: AskedOf, { requiredChecks }: ProtectionRecord) => requiredChecks?.contexts;

const changeContexts = (join: Join): Route =>
  changing(async (protection, asked) => {
    const { requiredChecks } = protection;
    if (!requiredChecks) throw refuse(404, NONE);
    const given = await readTexts(asked, "contexts");
    return { ...protection, requiredChecks: { ...requiredChecks, contexts: join(requiredChecks.contexts, given) } };
  }, contexts);

const changeChecks = changing(
  async (protection, asked) => ({
    ...protection,
    requiredChecks: checksFrom(await readJson(asked), protection.requiredChecks),
  }),
  checksView,
);

const withoutChecks = ({ requiredChecks: _gone, ...rest }: ProtectionRecord): ProtectionRecord => rest;

export const checkRuleRoutes: readonly RepositoryRoute[] = [
  ...listRoutes(`${AT}/required_status_checks/contexts`, shown(contexts, NONE), changeContexts),
  [`GET ${AT}/required_status_checks`, shown(checksView, NONE)],
  [`PATCH ${AT}/required_status_checks`, changeChecks],
  [`DELETE ${AT}/required_status_checks`, changing(withoutChecks)],
];
