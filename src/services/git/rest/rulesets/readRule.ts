import type { JsonObject } from "../../../../kernel/json.ts";
import type { RuleRecord } from "../../records.ts";
import { invalid, refuse } from "../api.ts";
import { objectIn, optionalTextIn } from "../input.ts";

type Type = RuleRecord["type"];

/** Parameters that a rule may have, with what each is when it is not given. */
const PARAMETERS: Readonly<Record<Type, JsonObject>> = {
  deletion: {},
  non_fast_forward: {},
  required_linear_history: {},
  update: { update_allows_fetch_and_merge: false },
  pull_request: {
    required_approving_review_count: 0,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_review_thread_resolution: false,
    allowed_merge_methods: ["merge", "squash", "rebase"],
  },
  required_status_checks: {
    strict_required_status_checks_policy: false,
    do_not_enforce_on_create: false,
    required_status_checks: [],
  },
};

/** What GitHub has and nobody is held to here. */
const UNBUILT = [
  ...["creation", "required_deployments", "required_signatures", "merge_queue", "workflows", "code_scanning"],
  ...["commit_message_pattern", "commit_author_email_pattern", "committer_email_pattern", "branch_name_pattern"],
  ...["tag_name_pattern", "file_path_restriction", "max_file_path_length", "file_extension_restriction"],
  ...["max_file_size", "code_quality", "copilot_code_review"],
];

/** A rule as it is given, its parameters whole. Throws GitHub's refusals, and names what is not built. */
export const ruleFrom = (given: JsonObject): RuleRecord => {
  const text = optionalTextIn(given, "type") ?? "";
  if (UNBUILT.includes(text)) throw unbuilt(text);
  const type = TYPES.find((each) => each === text);
  if (type === undefined) throw invalid("RepositoryRuleset", "rules", "custom", `Invalid rule '${text}'`);
  const known = PARAMETERS[type];
  const parameters = objectIn(given, "parameters") ?? {};
  for (const [name, value] of Object.entries(parameters)) {
    if (!(name in known)) throw unbuilt(`${type}: ${name}`);
    checkValue(type, name, value, known[name]);
  }
  return { type, ...(Object.keys(known).length === 0 ? {} : { parameters: { ...known, ...parameters } }) };
};

/** One that is built may have any value of its kind; the others only what asks for nothing. */
const checkValue = (
  type: Type,
  name: string,
  value: JsonObject[string],
  otherwise: JsonObject[string] | undefined,
): void => {
  const isKind = Array.isArray(otherwise) ? Array.isArray(value) : typeof value === typeof otherwise;
  if (!isKind)
    throw invalid("RepositoryRuleset", "rules", "custom", `Invalid parameter '${name}' of the rule '${type}'`);
  if (
    name === "required_approving_review_count" &&
    !(Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_APPROVALS)
  )
    throw invalid("RepositoryRuleset", "rules", "custom", `${name} must be from 0 to ${MAX_APPROVALS}`);
  if (!BUILT.includes(name) && JSON.stringify(value) !== JSON.stringify(otherwise)) throw unbuilt(`${type}: ${name}`);
};

/** GitHub asks for no more. */
const MAX_APPROVALS = 10;

const TYPES: readonly Type[] = [
  ...(["deletion", "non_fast_forward", "required_linear_history", "update"] as const),
  ...(["pull_request", "required_status_checks"] as const),
];

const BUILT = [
  ...["required_approving_review_count", "dismiss_stale_reviews_on_push"],
  ...["strict_required_status_checks_policy", "required_status_checks"],
];

export const unbuilt = (what: string) => refuse(501, `aloft has not built rulesets with ${what} yet.`);
