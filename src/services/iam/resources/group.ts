import { errorCode, known } from "../../../kernel/errors.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { changePolicies, onGroup, type PoliciesProperties, unlessGone } from "./policyCalls.ts";
import { readGroup } from "./readGroup.ts";

const MAX_NAME_LENGTH = 128;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-group.html */
interface GroupProperties extends PoliciesProperties {
  readonly GroupName?: string;
  readonly Path?: string;
}

export const groupType = defineResourceType<GroupProperties>({
  name: "AWS::IAM::Group",
  read: readGroup,
  create: async (ctx, desired) => {
    const GroupName = desired.GroupName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    try {
      await ctx.call("iam", "CreateGroup", { GroupName, Path: desired.Path });
    } catch (error) {
      // Only a creation that was cut short can have given a name that is generated.
      if (errorCode(error) !== "EntityAlreadyExistsException" || desired.GroupName !== undefined) throw error;
    }
    ctx.made(GroupName);
    await changePolicies(onGroup(ctx, GroupName), {}, desired);
    const { Group } = await ctx.call("iam", "GetGroup", { GroupName });
    return { physicalId: GroupName, attributes: { Arn: known(Group?.Arn, "the group's ARN") } };
  },
  update: async (ctx, { physicalId: GroupName, properties: before }, desired) => {
    if (desired.Path !== before.Path) {
      await ctx.call("iam", "UpdateGroup", { GroupName, NewPath: desired.Path ?? "/" });
    }
    await changePolicies(onGroup(ctx, GroupName), before, desired);
    const { Group } = await ctx.call("iam", "GetGroup", { GroupName });
    return { physicalId: GroupName, attributes: { Arn: known(Group?.Arn, "the group's ARN") } };
  },
  delete: async (ctx, { physicalId: GroupName, properties }) => {
    await changePolicies(onGroup(ctx, GroupName), properties, {});
    await unlessGone(ctx.call("iam", "DeleteGroup", { GroupName }));
  },
});
