import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { plain } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html */
interface AccountProperties {
  readonly CloudWatchRoleArn?: string;
}

export const accountType = defineResourceType<AccountProperties>({
  name: "AWS::ApiGateway::Account",
  create: async (ctx, desired) => {
    await setRole(ctx, desired);
    const id = ctx.physicalName();
    return { physicalId: id, attributes: { Id: id } };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    await setRole(ctx, desired);
    return { physicalId, attributes };
  },
  // AWS: the account's settings stay when a stack that set them goes.
  delete: async () => {},
  read: async (ctx, physicalId) => {
    const { cloudwatchRoleArn: CloudWatchRoleArn } = await ctx.call("apigateway", "GetAccount", {});
    return { physicalId, attributes: { Id: physicalId }, properties: plain({ CloudWatchRoleArn }), unread: [] };
  },
});

const setRole = async (ctx: ResourceContext, { CloudWatchRoleArn: value = "" }: AccountProperties): Promise<void> => {
  await ctx.call("apigateway", "UpdateAccount", {
    patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value }],
  });
};
