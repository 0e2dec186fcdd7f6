import { defineResourceType } from "../../../kernel/resource.ts";
import { textOf, textsOf, unlessMissing } from "../../../kernel/resourceReading.ts";
import { unlessGone } from "./policyCalls.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-usertogroupaddition.html */
interface UserToGroupAdditionProperties {
  readonly GroupName: string;
  readonly Users: readonly string[];
}

export const userToGroupAdditionType = defineResourceType<UserToGroupAdditionProperties>({
  name: "AWS::IAM::UserToGroupAddition",
  /** Of a group's users only those are looked for that the template names: others may have put more into it. */
  read: async (ctx, physicalId, given) => {
    const GroupName = textOf(given, "GroupName");
    if (GroupName === undefined) return undefined;
    const { Users = [] } = (await unlessMissing(ctx.call("iam", "GetGroup", { GroupName }), "NoSuchEntity")) ?? {};
    const members = new Set(Users.map(({ UserName }) => UserName));
    const here = textsOf(given, "Users").filter((name) => members.has(name));
    if (here.length === 0) return undefined;
    return { physicalId, attributes: { Id: physicalId }, properties: { GroupName, Users: here }, unread: [] };
  },
  create: async (ctx, { GroupName, Users }) => {
    const physicalId = ctx.physicalName();
    ctx.made(physicalId);
    for (const UserName of Users) await ctx.call("iam", "AddUserToGroup", { GroupName, UserName });
    return { physicalId, attributes: { Id: physicalId } };
  },
  update: async (ctx, { physicalId, attributes, properties: before }, { GroupName, Users }) => {
    for (const UserName of Users) await ctx.call("iam", "AddUserToGroup", { GroupName, UserName });
    const gone = before.GroupName === GroupName ? before.Users.filter((name) => !Users.includes(name)) : before.Users;
    for (const UserName of gone) {
      await unlessGone(ctx.call("iam", "RemoveUserFromGroup", { GroupName: before.GroupName, UserName }));
    }
    return { physicalId, attributes };
  },
  delete: async (ctx, { properties: { GroupName, Users } }) => {
    for (const UserName of Users) await unlessGone(ctx.call("iam", "RemoveUserFromGroup", { GroupName, UserName }));
  },
});
