import { defineResourceType } from "../../../kernel/resource.ts";
import { plain, unlessMissing } from "../../../kernel/resourceReading.ts";
import { INITIAL_REVISION } from "../records.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachineversion.html */
interface VersionProperties {
  readonly StateMachineArn: string;
  readonly StateMachineRevisionId?: string;
  readonly Description?: string;
}

export const stateMachineVersionType = defineResourceType<VersionProperties>({
  name: "AWS::StepFunctions::StateMachineVersion",
  read: async (ctx, physicalId) => {
    const asked = ctx.call("states", "DescribeStateMachine", { stateMachineArn: physicalId });
    const found = await unlessMissing(asked, "StateMachineDoesNotExist", "ResourceNotFound");
    if (!found) return undefined;
    const properties = plain({
      StateMachineArn: physicalId.replace(/:\d+$/, ""),
      StateMachineRevisionId: found.revisionId ?? INITIAL_REVISION,
      Description: found.description,
    });
    return { physicalId, attributes: { Arn: physicalId }, properties, unread: [] };
  },
  create: async (ctx, { StateMachineArn, StateMachineRevisionId, Description }) => {
    const { stateMachineVersionArn = "" } = await ctx.call("states", "PublishStateMachineVersion", {
      stateMachineArn: StateMachineArn,
      revisionId: StateMachineRevisionId,
      description: Description,
    });
    return { physicalId: stateMachineVersionArn, attributes: { Arn: stateMachineVersionArn } };
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("states", "DeleteStateMachineVersion", { stateMachineVersionArn: physicalId });
  },
});
