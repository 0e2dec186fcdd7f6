import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { readRotationSchedule } from "./readSecretParts.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-rotationschedule.html */
interface RotationScheduleProperties {
  readonly SecretId: string;
  readonly RotationLambdaARN?: string;
  readonly RotateImmediatelyOnUpdate?: boolean;
  readonly RotationRules?: {
    readonly AutomaticallyAfterDays?: number;
    readonly Duration?: string;
    readonly ScheduleExpression?: string;
  };
}

export const rotationScheduleType = defineResourceType<RotationScheduleProperties>({
  name: "AWS::SecretsManager::RotationSchedule",
  unbuilt: ["ExternalSecretRotationMetadata", "ExternalSecretRotationRoleArn", "HostedRotationLambda"],
  read: readRotationSchedule,
  create: (ctx, desired) => rotate(ctx, desired),
  update: (ctx, _current, desired) => rotate(ctx, desired),
  delete: async (ctx, { physicalId }) => {
    await ctx.call("secretsmanager", "CancelRotateSecret", { SecretId: physicalId });
  },
});

const rotate = async (ctx: ResourceContext, desired: RotationScheduleProperties) => {
  const { AutomaticallyAfterDays, ...rules } = desired.RotationRules ?? {};
  const { ARN = desired.SecretId } = await ctx.call("secretsmanager", "RotateSecret", {
    SecretId: desired.SecretId,
    ClientRequestToken: ctx.newToken(),
    RotationLambdaARN: desired.RotationLambdaARN,
    RotateImmediately: desired.RotateImmediatelyOnUpdate ?? true,
    ...(desired.RotationRules === undefined
      ? {}
      : {
          RotationRules: {
            ...rules,
            ...(AutomaticallyAfterDays === undefined ? {} : { AutomaticallyAfterDays: Number(AutomaticallyAfterDays) }),
          },
        }),
  });
  return { physicalId: ARN, attributes: { Id: ARN } };
};
