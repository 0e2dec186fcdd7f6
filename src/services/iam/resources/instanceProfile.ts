import { errorCode, known } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { unlessGone } from "./policyCalls.ts";
import { readInstanceProfile } from "./readOthers.ts";

const MAX_NAME_LENGTH = 128;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-instanceprofile.html */
interface InstanceProfileProperties {
  readonly InstanceProfileName?: string;
  readonly Path?: string;
  readonly Roles: readonly string[];
}

export const instanceProfileType = defineResourceType<InstanceProfileProperties>({
  name: "AWS::IAM::InstanceProfile",
  read: readInstanceProfile,
  create: async (ctx, desired) => {
    const name = desired.InstanceProfileName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    const { Arn } = await createOrTakeUp(ctx, name, desired);
    ctx.made(name);
    await setRoles(ctx, name, desired.Roles);
    return { physicalId: name, attributes: { Arn: Arn ?? "" } };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    await setRoles(ctx, physicalId, desired.Roles);
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId: InstanceProfileName }) => {
    await unlessGone(setRoles(ctx, InstanceProfileName, []));
    await unlessGone(ctx.call("iam", "DeleteInstanceProfile", { InstanceProfileName }));
  },
});

const createOrTakeUp = async (
  ctx: ResourceContext,
  InstanceProfileName: string,
  desired: InstanceProfileProperties,
) => {
  try {
    const made = await ctx.call("iam", "CreateInstanceProfile", { InstanceProfileName, Path: desired.Path });
    return known(made.InstanceProfile, "the new instance profile");
  } catch (error) {
    // Only a creation that was cut short can have given a name that is generated.
    if (errorCode(error) !== "EntityAlreadyExistsException" || desired.InstanceProfileName !== undefined) throw error;
    const found = await ctx.call("iam", "GetInstanceProfile", { InstanceProfileName });
    return known(found.InstanceProfile, "the instance profile");
  }
};

const setRoles = async (ctx: ResourceContext, InstanceProfileName: string, wanted: readonly string[]) => {
  const { InstanceProfile } = await ctx.call("iam", "GetInstanceProfile", { InstanceProfileName });
  const present = (InstanceProfile?.Roles ?? []).flatMap(({ RoleName }) => RoleName ?? []);
  for (const RoleName of present.filter((name) => !wanted.includes(name))) {
    await ctx.call("iam", "RemoveRoleFromInstanceProfile", { InstanceProfileName, RoleName });
  }
  for (const RoleName of wanted.filter((name) => !present.includes(name))) {
    await ctx.call("iam", "AddRoleToInstanceProfile", { InstanceProfileName, RoleName });
  }
};
