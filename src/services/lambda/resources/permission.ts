import type { FunctionUrlAuthType } from "@aws-sdk/client-lambda";
import { defineResourceType } from "../../../kernel/resource.ts";
import { orGone } from "./gone.ts";
import { readPermission } from "./readPermission.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
interface PermissionProperties {
  readonly FunctionName: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
  readonly EventSourceToken?: string;
  readonly PrincipalOrgID?: string;
  readonly FunctionUrlAuthType?: FunctionUrlAuthType;
}

const MAX_STATEMENT_ID_LENGTH = 100;

export const permissionType = defineResourceType<PermissionProperties>({
  name: "AWS::Lambda::Permission",
  create: async (ctx, desired) => {
    const StatementId = ctx.physicalName({ maxLength: MAX_STATEMENT_ID_LENGTH });
    await ctx.call("lambda", "AddPermission", { ...desired, StatementId });
    return { physicalId: StatementId, attributes: { Id: StatementId } };
  },
  delete: async (ctx, { physicalId, properties: { FunctionName } }) => {
    await orGone(ctx.call("lambda", "RemovePermission", { FunctionName, StatementId: physicalId }));
  },
  read: readPermission,
});
