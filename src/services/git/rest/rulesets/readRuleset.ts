import { keyOf } from "../../../../engines/git/place.ts";
import { isJsonObject, type JsonObject } from "../../../../kernel/json.ts";
import type { RulesetRecord } from "../../records.ts";
import { type AskedOf, invalid, refuse } from "../api.ts";
import { objectIn, optionalTextIn, textsIn } from "../input.ts";
import { ruleFrom, unbuilt } from "./readRule.ts";

type Wanted = Omit<RulesetRecord, "id" | "createdAt" | "updatedAt">;

/** A set of rules as it is given; a change leaves the rest as it was. Throws GitHub's refusals, and names what is not built. */
export const rulesetFrom = (asked: AskedOf, body: JsonObject, before?: RulesetRecord): Wanted => {
  const name = optionalTextIn(body, "name") ?? before?.name;
  if (!name) throw refuse(422, `Invalid request.\n\n"name" wasn't supplied.`);
  const { room, repository } = asked;
  const others = [...room.rulesets.values({ prefix: keyOf(repository) })].filter(({ id }) => id !== before?.id);
  if (others.some((other) => other.name === name))
    throw invalid("RepositoryRuleset", "name", "custom", "Name must be unique");
  const target = optionalTextIn(body, "target") ?? "branch";
  if (target !== "branch") throw unbuilt(`the target ${target}`);
  const bypass = body["bypass_actors"];
  if (Array.isArray(bypass) && bypass.length > 0) throw unbuilt("bypass_actors");
  return { name, active: activeFrom(body, before), ...branchesFrom(body, before), rules: rulesFrom(body, before) };
};

const activeFrom = (body: JsonObject, before: RulesetRecord | undefined): boolean => {
  const enforcement = optionalTextIn(body, "enforcement");
  if (enforcement === undefined && before) return before.active;
  if (enforcement === "evaluate") throw unbuilt("the enforcement evaluate");
  if (enforcement !== "active" && enforcement !== "disabled")
    throw invalid("RepositoryRuleset", "enforcement", "custom", "Enforcement must be active, disabled or evaluate");
  return enforcement === "active";
};

const branchesFrom = (
  body: JsonObject,
  before: RulesetRecord | undefined,
): Pick<RulesetRecord, "include" | "exclude"> => {
  const conditions = objectIn(body, "conditions");
  if (!conditions) return { include: before?.include ?? [], exclude: before?.exclude ?? [] };
  const other = Object.keys(conditions).find((each) => each !== "ref_name");
  if (other !== undefined) throw unbuilt(`the condition ${other}`);
  const names = objectIn(conditions, "ref_name") ?? {};
  return { include: textsIn(names, "include") ?? [], exclude: textsIn(names, "exclude") ?? [] };
};

const rulesFrom = (body: JsonObject, before: RulesetRecord | undefined): RulesetRecord["rules"] => {
  const { rules } = body;
  if (rules === undefined) return before?.rules ?? [];
  if (!Array.isArray(rules) || !rules.every(isJsonObject))
    throw refuse(422, `Invalid request.\n\nFor 'rules', ${JSON.stringify(rules)} is not an array of objects.`);
  return rules.map(ruleFrom);
};
