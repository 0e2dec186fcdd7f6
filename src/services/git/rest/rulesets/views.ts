import type { Ruled } from "../../protection/rulesOf.ts";
import type { RulesetRecord } from "../../records.ts";
import type { AskedOf } from "../api.ts";
import { addressesOf, isoTime, nodeId } from "../views.ts";

/** A set in a list: https://docs.github.com/en/rest/repos/rules#get-all-repository-rulesets */
export const rulesetSummary = ({ room, repository }: AskedOf, set: RulesetRecord) => {
  const { api, html } = addressesOf(room, repository);
  return {
    id: set.id,
    name: set.name,
    target: "branch",
    source_type: "Repository",
    source: `${repository.owner}/${repository.name}`,
    enforcement: set.active ? "active" : "disabled",
    node_id: nodeId("RepositoryRuleset", set.id),
    _links: { self: { href: `${api}/rulesets/${set.id}` }, html: { href: `${html}/rules/${set.id}` } },
    created_at: isoTime(set.createdAt),
    updated_at: isoTime(set.updatedAt),
  };
};

export const rulesetView = (asked: AskedOf, set: RulesetRecord) => ({
  ...rulesetSummary(asked, set),
  conditions: { ref_name: { include: set.include, exclude: set.exclude } },
  rules: set.rules,
  bypass_actors: [],
  current_user_can_bypass: "never",
});

/** A rule as a branch has it: https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch */
export const branchRuleView = ({ repository }: AskedOf, { set, rule }: Ruled) => ({
  ...rule,
  ruleset_source_type: "Repository",
  ruleset_source: `${repository.owner}/${repository.name}`,
  ruleset_id: set.id,
});
