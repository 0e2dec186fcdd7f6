import { errorCode, known } from "../../../kernel/errors.ts";
import type { JsonValue } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext, type ResourceState } from "../../../kernel/resource.ts";
import { MAX_POLICY_VERSIONS } from "../limits.ts";
import { type Targets, targetsOf } from "./policy.ts";
import { documentText, unlessGone } from "./policyCalls.ts";
import { readManagedPolicy } from "./readManagedPolicy.ts";

const MAX_NAME_LENGTH = 128;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
interface ManagedPolicyProperties extends Targets {
  readonly ManagedPolicyName?: string;
  readonly Path?: string;
  readonly Description?: string;
  readonly PolicyDocument: JsonValue;
}

export const managedPolicyType = defineResourceType<ManagedPolicyProperties>({
  name: "AWS::IAM::ManagedPolicy",
  create: async (ctx, desired) => {
    const arn = await createOrTakeUp(ctx, desired);
    ctx.made(arn);
    for (const calls of targetsOf(ctx, desired).values()) await calls.attach(arn);
    return stateOf(ctx, arn);
  },
  update: async (ctx, { physicalId: arn, properties: before }, desired) => {
    const document = documentText(desired.PolicyDocument);
    if (document !== documentText(before.PolicyDocument)) await putVersion(ctx, arn, document);
    const targets = targetsOf(ctx, desired);
    const former = targetsOf(ctx, before);
    for (const [key, calls] of targets) if (!former.has(key)) await calls.attach(arn);
    for (const [key, calls] of former) if (!targets.has(key)) await unlessGone(calls.detach(arn));
    return stateOf(ctx, arn);
  },
  delete: async (ctx, { physicalId: PolicyArn, properties }) => {
    for (const calls of targetsOf(ctx, properties).values()) await unlessGone(calls.detach(PolicyArn));
    await unlessGone(deleteWithVersions(ctx, PolicyArn));
  },
  read: async (ctx, physicalId) => {
    const found = await readManagedPolicy(ctx, physicalId);
    return found && { ...(await stateOf(ctx, physicalId)), ...found };
  },
});

/** Managed policies of stacks bear no tags: one is taken up only under a name that nobody else can have given. */
const createOrTakeUp = async (ctx: ResourceContext, desired: ManagedPolicyProperties): Promise<string> => {
  const Path = desired.Path ?? "/";
  const PolicyName = desired.ManagedPolicyName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
  try {
    const { Policy } = await ctx.call("iam", "CreatePolicy", {
      PolicyName,
      Path,
      Description: desired.Description,
      PolicyDocument: documentText(desired.PolicyDocument),
    });
    return known(Policy?.Arn, "the new policy's ARN");
  } catch (error) {
    if (errorCode(error) !== "EntityAlreadyExistsException" || desired.ManagedPolicyName !== undefined) throw error;
    return `arn:${ctx.partition}:iam::${ctx.account}:policy${Path}${PolicyName}`;
  }
};

const stateOf = async (ctx: ResourceContext, PolicyArn: string): Promise<ResourceState> => {
  const { Policy } = await ctx.call("iam", "GetPolicy", { PolicyArn });
  const policy = known(Policy, "the policy");
  return {
    physicalId: PolicyArn,
    attributes: {
      PolicyArn,
      PolicyId: policy.PolicyId ?? "",
      AttachmentCount: policy.AttachmentCount ?? 0,
      PermissionsBoundaryUsageCount: policy.PermissionsBoundaryUsageCount ?? 0,
      DefaultVersionId: policy.DefaultVersionId ?? "",
      IsAttachable: policy.IsAttachable ?? true,
      CreateDate: policy.CreateDate?.toISOString() ?? "",
      UpdateDate: policy.UpdateDate?.toISOString() ?? "",
    },
  };
};

/** AWS keeps five versions; the oldest that is not in force makes room. */
const putVersion = async (ctx: ResourceContext, PolicyArn: string, PolicyDocument: string): Promise<void> => {
  const { Versions = [] } = await ctx.call("iam", "ListPolicyVersions", { PolicyArn });
  const oldest = Versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion).at(-1);
  if (Versions.length >= MAX_POLICY_VERSIONS && oldest?.VersionId) {
    await ctx.call("iam", "DeletePolicyVersion", { PolicyArn, VersionId: oldest.VersionId });
  }
  await ctx.call("iam", "CreatePolicyVersion", { PolicyArn, PolicyDocument, SetAsDefault: true });
};

const deleteWithVersions = async (ctx: ResourceContext, PolicyArn: string): Promise<void> => {
  const { Versions = [] } = await ctx.call("iam", "ListPolicyVersions", { PolicyArn });
  for (const { VersionId, IsDefaultVersion } of Versions) {
    if (!IsDefaultVersion) await ctx.call("iam", "DeletePolicyVersion", { PolicyArn, VersionId });
  }
  await ctx.call("iam", "DeletePolicy", { PolicyArn });
};
