import { invalidRequest } from "../errors.ts";
import type { SamplingRuleRecord } from "../records.ts";
import { type Room, xrayArn } from "../room.ts";

/** How requests name a rule: by its name or its ARN. */
export interface RuleReference {
  readonly RuleName?: string | undefined;
  readonly RuleARN?: string | undefined;
}

export const DEFAULT_RULE = "Default";

/** AWS: the first request of each second, and one in twenty of the others. Nobody makes it, and nobody deletes it. */
const DEFAULT: SamplingRuleRecord = {
  name: DEFAULT_RULE,
  resourceArn: "*",
  priority: 10_000,
  fixedRate: 0.05,
  reservoirSize: 1,
  serviceName: "*",
  serviceType: "*",
  host: "*",
  httpMethod: "*",
  urlPath: "*",
  attributes: {},
  createdAt: 0,
  modifiedAt: 0,
  tags: [],
};

/** All rules, the default one first. */
export const rulesOf = ({ rules }: Pick<Room, "rules">): readonly SamplingRuleRecord[] => [
  rules.get(DEFAULT_RULE) ?? DEFAULT,
  ...[...rules.values()].filter(({ name }) => name !== DEFAULT_RULE),
];

export const findRule = (room: Room, { RuleName, RuleARN }: RuleReference): SamplingRuleRecord => {
  if ((RuleName === undefined) === (RuleARN === undefined))
    throw invalidRequest("Either the rule name or the rule ARN must be given, but not both.");
  const found = rulesOf(room).find(
    ({ name }) => name === RuleName || (RuleARN !== undefined && xrayArn(room, `sampling-rule/${name}`) === RuleARN),
  );
  if (!found) throw invalidRequest("The sampling rule does not exist.");
  return found;
};
