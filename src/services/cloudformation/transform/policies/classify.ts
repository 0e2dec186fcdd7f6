import { InvalidStructure } from "../errors.ts";
import { ifParts, isIf, isIntrinsic, isNoValue } from "../intrinsics.ts";
import { type Dict, isDict, isText, truthy, type Value } from "../values/value.ts";
import { isPolicyTemplate } from "./templateTable.ts";

export type PolicyKind = "managed" | "statement" | "template" | "unknown";

export interface PolicyEntry {
  readonly kind: PolicyKind;
  readonly policy: Value;
}

/** The entries of a `Policies` property, each a managed policy, a document, or the name of a policy template. */
export const policyEntries = (policies: Value, templates: boolean): PolicyEntry[] => {
  if (!truthy(policies)) return [];
  const list = Array.isArray(policies) ? policies : [policies];
  return list.map((policy) => ({ kind: kindOf(policy, templates), policy }));
};

const kindOf = (policy: Value, templates: boolean): PolicyKind => {
  if (isText(policy)) return "managed";
  if (isIf(policy)) return kindOfIf(policy, templates);
  // AWS: any other intrinsic function is taken for the ARN of a managed policy.
  if (isIntrinsic(policy)) return "managed";
  if (!isDict(policy)) return "unknown";
  if (policy.has("Statement")) return "statement";
  return templates && isTemplate(policy) ? "template" : "unknown";
};

const isTemplate = (policy: Dict): boolean => policy.size === 1 && isPolicyTemplate(policy.keys()[0] ?? "");

const kindOfIf = (policy: Value, templates: boolean): PolicyKind => {
  const parts = ifParts(policy);
  if (typeof parts === "string") throw new InvalidStructure(parts);
  const [, then, otherwise] = parts;
  const kinds = [kindOf(then, templates), kindOf(otherwise, templates)] as const;
  if (kinds[0] === kinds[1] || isNoValue(otherwise)) return kinds[0];
  if (isNoValue(then)) return kinds[1];
  throw new InvalidStructure(
    "Different policy types within the same Fn::If statement is unsupported. Separate different policy types into different Fn::If statements",
  );
};
