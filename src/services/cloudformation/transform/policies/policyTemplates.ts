import { own } from "../../../../kernel/own.ts";
import { InvalidResource } from "../errors.ts";
import { ifParts, isIf, isNoValue } from "../intrinsics.ts";
import { shownNames } from "../values/text.ts";
import { Dict, deepCopy, isDict, type Value } from "../values/value.ts";
import { policyEntries } from "./classify.ts";
import { policyDocument, type TemplateDefinition } from "./templateNotation.ts";
import { POLICY_TEMPLATES } from "./templateTable.ts";

/** Replaces the policy templates in a resource's `Policies` by the documents they stand for. */
export const expandPolicyTemplates = (logicalId: string, properties: Dict): void => {
  const entries = policyEntries(properties.get("Policies"), true);
  if (entries.length === 0) return;
  properties.set(
    "Policies",
    entries.map(({ kind, policy }) => (kind === "template" ? expanded(logicalId, policy) : policy)),
  );
};

const expanded = (logicalId: string, policy: Value): Value => {
  if (!isIf(policy)) return documentOf(logicalId, policy);
  const parts = ifParts(policy);
  if (typeof parts === "string") return policy;
  const branch = (value: Value): Value => (isNoValue(value) ? value : documentOf(logicalId, value));
  return Dict.plain({ "Fn::If": [parts[0], branch(parts[1]), branch(parts[2])] });
};

const documentOf = (logicalId: string, policy: Value): Value => {
  const name = isDict(policy) ? (policy.keys()[0] ?? "") : "";
  const values = isDict(policy) ? policy.get(name) : null;
  const definition: TemplateDefinition | undefined = own(POLICY_TEMPLATES, name);
  if (!definition || !isDict(values)) {
    throw new InvalidResource(logicalId, `Must specify valid parameter values for policy template '${name}'`);
  }
  const missing = definition.parameters.filter((parameter) => !values.has(parameter));
  if (missing.length > 0) {
    throw new InvalidResource(
      logicalId,
      `Following required parameters of template '${name}' don't have values: ${shownNames(missing)}`,
    );
  }
  return policyDocument(definition, (parameter) => deepCopy(values.get(parameter)));
};
