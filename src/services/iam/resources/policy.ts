import { AwsError } from "../../../kernel/errors.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { documentText, onGroup, onRole, onUser, type PolicyCalls, unlessGone } from "./policyCalls.ts";
import { readPolicy } from "./readPolicy.ts";

/** The identities that a policy of its own in a template goes to. */
export interface Targets {
  readonly Roles?: readonly string[];
  readonly Users?: readonly string[];
  readonly Groups?: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
interface PolicyProperties extends Targets {
  readonly PolicyName: string;
  readonly PolicyDocument: JsonValue;
}

export const policyType = defineResourceType<PolicyProperties>({
  name: "AWS::IAM::Policy",
  create: async (ctx, desired) => {
    const physicalId = ctx.physicalName();
    ctx.made(physicalId);
    for (const calls of someTargets(ctx, desired).values())
      await calls.put(desired.PolicyName, documentText(desired.PolicyDocument));
    return { physicalId, attributes: { Id: physicalId } };
  },
  update: async (ctx, { physicalId, attributes, properties: before }, desired) => {
    const targets = targetsOf(ctx, desired);
    for (const calls of targets.values()) await calls.put(desired.PolicyName, documentText(desired.PolicyDocument));
    for (const [key, calls] of targetsOf(ctx, before)) {
      if (!targets.has(key) || before.PolicyName !== desired.PolicyName) {
        await unlessGone(calls.remove(before.PolicyName));
      }
    }
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties }) => {
    for (const calls of someTargets(ctx, properties).values()) await unlessGone(calls.remove(properties.PolicyName));
  },
  read: readPolicy,
});

/** AWS: a policy of nobody is refused when it is made and when it is taken away, so that its stack goes only without it. */
const someTargets = (ctx: ResourceContext, properties: Targets): ReadonlyMap<string, PolicyCalls> => {
  const targets = targetsOf(ctx, properties);
  if (targets.size > 0) return targets;
  throw new AwsError("ValidationError", "At least one of [Groups,Roles,Users] must be non-empty.");
};

/** The calls on each identity named, by what tells them apart. */
export const targetsOf = (
  ctx: ResourceContext,
  { Roles = [], Users = [], Groups = [] }: Targets,
): ReadonlyMap<string, PolicyCalls> =>
  new Map([
    ...Roles.map((name) => [`role/${name}`, onRole(ctx, name)] as const),
    ...Users.map((name) => [`user/${name}`, onUser(ctx, name)] as const),
    ...Groups.map((name) => [`group/${name}`, onGroup(ctx, name)] as const),
  ]);
