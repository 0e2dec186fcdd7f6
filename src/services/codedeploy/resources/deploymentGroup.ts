import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { DEFAULT_CONFIGS } from "../configs.ts";
import { FLEET_PROPERTIES, readDeploymentGroup } from "./readDeploymentGroup.ts";
import { arnOf, changeTags, type Tags, tagsOf } from "./stackTags.ts";

type RollbackEvent = "DEPLOYMENT_FAILURE" | "DEPLOYMENT_STOP_ON_ALARM" | "DEPLOYMENT_STOP_ON_REQUEST";
type TriggerEvent =
  | "DeploymentStart"
  | "DeploymentSuccess"
  | "DeploymentFailure"
  | "DeploymentStop"
  | "DeploymentRollback";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codedeploy-deploymentgroup.html */
interface DeploymentGroupProperties {
  readonly ApplicationName: string;
  readonly DeploymentGroupName?: string;
  readonly DeploymentConfigName?: string;
  readonly ServiceRoleArn: string;
  readonly AlarmConfiguration?: {
    readonly Enabled?: boolean;
    readonly IgnorePollAlarmFailure?: boolean;
    readonly Alarms?: readonly { readonly Name?: string }[];
  };
  readonly AutoRollbackConfiguration?: { readonly Enabled?: boolean; readonly Events?: readonly RollbackEvent[] };
  readonly TriggerConfigurations?: readonly {
    readonly TriggerName?: string;
    readonly TriggerTargetArn?: string;
    readonly TriggerEvents?: readonly TriggerEvent[];
  }[];
  readonly Tags?: Tags;
  readonly AutoScalingGroups?: readonly string[];
  readonly DeploymentStyle?: {
    readonly DeploymentType?: "IN_PLACE" | "BLUE_GREEN";
    readonly DeploymentOption?: "WITH_TRAFFIC_CONTROL" | "WITHOUT_TRAFFIC_CONTROL";
  };
  readonly Ec2TagFilters?: readonly TagFilter[];
  readonly OnPremisesInstanceTagFilters?: readonly TagFilter[];
  readonly OutdatedInstancesStrategy?: "UPDATE" | "IGNORE";
}

interface TagFilter {
  readonly Key?: string;
  readonly Value?: string;
  readonly Type?: "KEY_ONLY" | "VALUE_ONLY" | "KEY_AND_VALUE";
}

const MAX_NAME_LENGTH = 100;

export const deploymentGroupType = defineResourceType<DeploymentGroupProperties>({
  name: "AWS::CodeDeploy::DeploymentGroup",
  unbuilt: FLEET_PROPERTIES,
  create: async (ctx, desired) => {
    const name = desired.DeploymentGroupName ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    await ctx.call("codedeploy", "CreateDeploymentGroup", {
      applicationName: desired.ApplicationName,
      deploymentGroupName: name,
      ...settingsOf(desired),
      tags: tagsOf(ctx, desired.Tags),
    });
    return { physicalId: name, attributes: {} };
  },
  update: async (ctx, { physicalId, attributes, properties }, desired) => {
    await ctx.call("codedeploy", "UpdateDeploymentGroup", {
      applicationName: desired.ApplicationName,
      currentDeploymentGroupName: physicalId,
      ...settingsOf(desired),
      deploymentConfigName: desired.DeploymentConfigName ?? (await defaultConfig(ctx, desired)),
    });
    await changeTags(
      ctx,
      arnOf(ctx, "deploymentgroup", `${desired.ApplicationName}/${physicalId}`),
      properties.Tags,
      desired.Tags,
    );
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId, properties }) => {
    await ctx.call("codedeploy", "DeleteDeploymentGroup", {
      applicationName: properties.ApplicationName,
      deploymentGroupName: physicalId,
    });
  },
  read: readDeploymentGroup,
});

const defaultConfig = async (ctx: ResourceContext, { ApplicationName }: DeploymentGroupProperties) => {
  const { application } = await ctx.call("codedeploy", "GetApplication", { applicationName: ApplicationName });
  return DEFAULT_CONFIGS[application?.computePlatform ?? "Server"];
};

const settingsOf = ({ AlarmConfiguration, AutoRollbackConfiguration, ...desired }: DeploymentGroupProperties) => ({
  deploymentConfigName: desired.DeploymentConfigName,
  serviceRoleArn: desired.ServiceRoleArn,
  triggerConfigurations: (desired.TriggerConfigurations ?? []).map((trigger) => ({
    triggerName: trigger.TriggerName,
    triggerTargetArn: trigger.TriggerTargetArn,
    triggerEvents: [...(trigger.TriggerEvents ?? [])],
  })),
  alarmConfiguration: {
    enabled: AlarmConfiguration?.Enabled ?? AlarmConfiguration !== undefined,
    ignorePollAlarmFailure: AlarmConfiguration?.IgnorePollAlarmFailure ?? false,
    alarms: (AlarmConfiguration?.Alarms ?? []).map(({ Name }) => ({ name: Name })),
  },
  autoRollbackConfiguration: {
    enabled: AutoRollbackConfiguration?.Enabled ?? false,
    events: [...(AutoRollbackConfiguration?.Events ?? [])],
  },
  autoScalingGroups: [...(desired.AutoScalingGroups ?? [])],
  ...(desired.DeploymentStyle && {
    deploymentStyle: {
      deploymentType: desired.DeploymentStyle.DeploymentType,
      deploymentOption: desired.DeploymentStyle.DeploymentOption,
    },
  }),
  ec2TagFilters: [...(desired.Ec2TagFilters ?? [])],
  onPremisesInstanceTagFilters: [...(desired.OnPremisesInstanceTagFilters ?? [])],
  outdatedInstancesStrategy: desired.OutdatedInstancesStrategy,
});
