import { defineResourceType } from "../../../kernel/resource.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachineversion.html */
interface VersionProperties {
  readonly StateMachineArn: string;
  readonly StateMachineRevisionId?: string;
  readonly Description?: string;
}

export const stateMachineVersionType = defineResourceType<VersionProperties>({
  name: "AWS::StepFunctions::StateMachineVersion",
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
