import { known } from "../../../kernel/errors.ts";
import { defineResourceType } from "../../../kernel/resource.ts";
import { unlessGone } from "./policyCalls.ts";
import { readServiceLinkedRole } from "./readOthers.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-servicelinkedrole.html */
interface ServiceLinkedRoleProperties {
  readonly AWSServiceName?: string;
  readonly CustomSuffix?: string;
  readonly Description?: string;
}

export const serviceLinkedRoleType = defineResourceType<ServiceLinkedRoleProperties>({
  name: "AWS::IAM::ServiceLinkedRole",
  read: readServiceLinkedRole,
  create: async (ctx, { AWSServiceName, CustomSuffix, Description }) => {
    const { Role } = await ctx.call("iam", "CreateServiceLinkedRole", { AWSServiceName, CustomSuffix, Description });
    const name = known(Role?.RoleName, "the role's name");
    return { physicalId: name, attributes: { RoleName: name } };
  },
  delete: async (ctx, { physicalId }) =>
    unlessGone(ctx.call("iam", "DeleteServiceLinkedRole", { RoleName: physicalId })),
});
