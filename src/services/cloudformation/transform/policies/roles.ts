import { CfnResource } from "../cfnResource.ts";
import type { Context } from "../context.ts";
import { InvalidResource } from "../errors.ts";
import { ifParts, isIf, isNoValue } from "../intrinsics.ts";
import { Dict, isText, sameValue, textOf, type Value } from "../values/value.ts";
import { policyEntries } from "./classify.ts";

export interface RoleSpec {
  readonly attributes: Dict;
  readonly trust: Value;
  /** The author's `Policies`. */
  readonly policies: Value;
  readonly managedPolicyArns?: Value[];
  readonly inlinePolicies?: Dict[];
  readonly path?: Value;
  readonly permissionsBoundary?: Value;
  readonly tags?: Value;
}

/** The role that a function, state machine or capacity provider runs under. */
export const executionRole = (logicalId: string, spec: RoleSpec, context: Context): CfnResource => {
  const role = new CfnResource("AWS::IAM::Role", `${logicalId}Role`, spec.attributes);
  const arns: Value[] = [...(spec.managedPolicyArns ?? [])];
  const inline: Value[] = [...(spec.inlinePolicies ?? [])];
  for (const [index, { kind, policy }] of policyEntries(spec.policies, false).entries()) {
    if (kind === "statement") {
      inline.push(inlineEntry(policy, `${role.logicalId}Policy${index}`));
    } else if (kind === "managed") {
      const arn = managedEntry(policy, context);
      if (!arns.some((known) => sameValue(known, arn))) arns.push(arn);
    } else {
      throw new InvalidResource(logicalId, `Policy at index ${index} in the 'Policies' property is not valid`);
    }
  }
  role.set("AssumeRolePolicyDocument", spec.trust);
  role.set("ManagedPolicyArns", arns);
  role.set("Policies", inline.length > 0 ? inline : null);
  role.set("Path", spec.path ?? null);
  role.set("PermissionsBoundary", spec.permissionsBoundary ?? null);
  role.set("Tags", spec.tags ?? null);
  return role;
};

const inlineEntry = (policy: Value, name: string): Value => {
  const named = (document: Value): Dict => Dict.plain({ PolicyName: name, PolicyDocument: document });
  return isIf(policy) ? mapBranches(policy, (branch) => (isNoValue(branch) ? branch : named(branch))) : named(policy);
};

const managedEntry = (policy: Value, context: Context): Value => {
  const arnOf = (name: Value): Value => (isText(name) ? (context.managedPolicy(textOf(name) ?? "") ?? name) : name);
  return isIf(policy) ? mapBranches(policy, arnOf) : arnOf(policy);
};

const mapBranches = (value: Value, map: (branch: Value) => Value): Value => {
  const parts = ifParts(value);
  return typeof parts === "string" ? value : Dict.plain({ "Fn::If": [parts[0], map(parts[1]), map(parts[2])] });
};

/** Adds a policy to a role unless it holds one with the same document already. */
export const addInlinePolicy = (role: CfnResource, policy: Dict): void => {
  const policies = role.get("Policies");
  const list = Array.isArray(policies) ? policies : [];
  const document = policy.get("PolicyDocument");
  const known = list.some((entry) => entry instanceof Dict && sameValue(entry.get("PolicyDocument"), document));
  role.set("Policies", known ? list : [...list, policy]);
};

/** Attaches a managed policy to a role unless it is attached already. */
export const attachManagedPolicy = (role: CfnResource, arn: Value): void => {
  const attached = role.get("ManagedPolicyArns");
  const list = Array.isArray(attached) ? attached : [];
  if (!list.some((known) => sameValue(known, arn))) role.set("ManagedPolicyArns", [...list, arn]);
};
