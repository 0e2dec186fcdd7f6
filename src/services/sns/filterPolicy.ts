import { isPattern, type Pattern } from "../../engines/pattern/eventPattern.ts";
import { patternFault } from "../../engines/pattern/patternFault.ts";
import { brokenJson } from "./brokenJson.ts";

// https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
const MAX_KEYS = 5;
const MAX_COMBINATIONS = 150;

/** Why a filter policy is none, or undefined when it is one. */
export const filterPolicyFault = (text: string, scope: string): string | undefined => {
  if (text === "") return undefined;
  const broken = brokenJson(text);
  if (broken !== undefined) return `FilterPolicy: ${broken}`;
  const policy: unknown = JSON.parse(text);
  if (isPattern(policy) && Object.keys(policy).length === 0) return undefined;
  // AWS: the place it says is that in the policy without blanks.
  const fault = patternFault(JSON.stringify(policy), "SNS");
  if (fault !== undefined || !isPattern(policy)) return `FilterPolicy: ${fault}`;
  const nested = Object.entries(policy).some(([name, rules]) => name !== "$or" && isPattern(rules));
  if (scope !== "MessageBody" && nested) {
    return "Filter policy scope MessageAttributes does not support nested filter policy";
  }
  if (keysOf(policy).size > MAX_KEYS) return `FilterPolicy: Filter policy can not have more than ${MAX_KEYS} keys`;
  if (combinationsOf(policy, 1) > MAX_COMBINATIONS) return "FilterPolicy: Filter policy is too complex";
  return undefined;
};

/** The keys that hold rules, by their whole path. */
const keysOf = (policy: Pattern, path = ""): ReadonlySet<string> => {
  const keys = new Set<string>();
  for (const [name, rules] of Object.entries(policy)) {
    const below =
      name === "$or" && Array.isArray(rules)
        ? rules.filter(isPattern).flatMap((each) => [...keysOf(each, path)])
        : isPattern(rules)
          ? [...keysOf(rules, `${path}${name}.`)]
          : [`${path}${name}`];
    for (const key of below) keys.add(key);
  }
  return keys;
};

/** AWS: the values of each key times its depth, multiplied; what stands under `$or` is added. */
const combinationsOf = (policy: Pattern, depth: number): number =>
  Object.entries(policy).reduce((product, [name, rules]) => {
    if (name === "$or" && Array.isArray(rules)) {
      return product * rules.filter(isPattern).reduce((sum, each) => sum + combinationsOf(each, depth), 0);
    }
    if (isPattern(rules)) return product * combinationsOf(rules, depth + 1);
    return Array.isArray(rules) ? product * rules.length * depth : product;
  }, 1);
