import { keyOf } from "../../../../engines/git/place.ts";
import { rulesOf } from "../../protection/rulesOf.ts";
import type { RulesetRecord } from "../../records.ts";
import { nextNumber } from "../../room.ts";
import { type AskedOf, created, notFound, nothing, ok, type RepositoryRoute } from "../api.ts";
import { readJson } from "../input.ts";
import { paged } from "../paging.ts";
import { rulesetFrom } from "./readRuleset.ts";
import { branchRuleView, rulesetSummary, rulesetView } from "./views.ts";

const rulesetIn = ({ room, repository, params }: AskedOf): RulesetRecord => {
  const set = room.rulesets.get([...keyOf(repository), Number(params[0])]);
  if (!set) throw notFound();
  return set;
};

const list: RepositoryRoute[1] = async (asked) =>
  paged(asked, [...asked.room.rulesets.values({ prefix: keyOf(asked.repository) })], (set) =>
    rulesetSummary(asked, set),
  );

const create: RepositoryRoute[1] = async (asked) => {
  const { room } = asked;
  const now = room.clock.now();
  const wanted = rulesetFrom(asked, await readJson(asked));
  return created(rulesetView(asked, put(asked, { id: nextNumber(room, "rulesets"), ...wanted, createdAt: now })));
};

const update: RepositoryRoute[1] = async (asked) => {
  const before = rulesetIn(asked);
  const { id, createdAt } = before;
  return ok(rulesetView(asked, put(asked, { id, ...rulesetFrom(asked, await readJson(asked), before), createdAt })));
};

const put = ({ room, repository }: AskedOf, wanted: Omit<RulesetRecord, "updatedAt">): RulesetRecord => {
  const set = { ...wanted, updatedAt: room.clock.now() };
  room.rulesets.put([...keyOf(repository), set.id], set);
  return set;
};

const remove: RepositoryRoute[1] = async (asked) => {
  asked.room.rulesets.delete([...keyOf(asked.repository), rulesetIn(asked).id]);
  return nothing;
};

/** GitHub: also of a branch that is not there yet. */
const ofBranch: RepositoryRoute[1] = async (asked) => {
  const [branch = ""] = asked.params;
  return paged(asked, rulesOf(asked.room, asked.repository, branch), (ruled) => branchRuleView(asked, ruled));
};

/** https://docs.github.com/en/rest/repos/rules */
export const rulesetRoutes: readonly RepositoryRoute[] = [
  ["GET /rulesets", list],
  ["POST /rulesets", create],
  ["GET /rulesets/*", async (asked) => ok(rulesetView(asked, rulesetIn(asked)))],
  ["PUT /rulesets/*", update],
  ["DELETE /rulesets/*", remove],
  ["GET /rules/branches/**", ofBranch],
];
