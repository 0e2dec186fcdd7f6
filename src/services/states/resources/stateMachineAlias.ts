import { AwsError, errorCode } from "../../../kernel/errors.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { plain, unlessMissing } from "../../../kernel/resourceReading.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachinealias.html */
interface AliasProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly RoutingConfiguration?: readonly { readonly StateMachineVersionArn: string; readonly Weight: number }[];
  readonly DeploymentPreference?: {
    readonly StateMachineVersionArn: string;
    readonly Type: "LINEAR" | "ALL_AT_ONCE" | "CANARY";
    readonly Percentage?: number;
    readonly Interval?: number;
    readonly Alarms?: readonly string[];
  };
}

const MAX_NAME_LENGTH = 80;
const MINUTE_MS = 60_000;
const WHOLE = 100;

export const stateMachineAliasType = defineResourceType<AliasProperties>({
  name: "AWS::StepFunctions::StateMachineAlias",
  withoutEffect: { StateMachineArn: "an alias is of the state machine of its versions" },
  read: async (ctx, physicalId, given) => {
    const asked = ctx.call("states", "DescribeStateMachineAlias", { stateMachineAliasArn: physicalId });
    const found = await unlessMissing(asked, "ResourceNotFound");
    if (!found) return undefined;
    const routes = (found.routingConfiguration ?? []).map(({ stateMachineVersionArn, weight }) => ({
      StateMachineVersionArn: stateMachineVersionArn,
      Weight: weight,
    }));
    // How a version is come to is the template's affair: what is read is where the alias is by now.
    const preferred = isJsonObject(given["DeploymentPreference"] ?? null);
    const properties = plain({
      Name: found.name,
      Description: found.description === "" ? undefined : found.description,
      ...(preferred ? {} : { RoutingConfiguration: routes }),
    });
    const unread = ["DeploymentPreference", "StateMachineArn", ...(preferred ? ["RoutingConfiguration"] : [])];
    return { physicalId, attributes: { Arn: physicalId }, properties, unread };
  },
  create: async (ctx, desired) => {
    const name = desired.Name ?? ctx.physicalName({ maxLength: MAX_NAME_LENGTH });
    const { stateMachineAliasArn = "" } = await ctx.call("states", "CreateStateMachineAlias", {
      name,
      description: desired.Description,
      routingConfiguration: routesOf(desired),
    });
    return { physicalId: stateMachineAliasArn, attributes: { Arn: stateMachineAliasArn } };
  },
  update: async (ctx, { physicalId, attributes }, desired) => {
    await shift(ctx, physicalId, desired);
    const description = desired.Description ?? "";
    await ctx.call("states", "UpdateStateMachineAlias", {
      stateMachineAliasArn: physicalId,
      description,
      routingConfiguration: routesOf(desired),
    });
    return { physicalId, attributes };
  },
  delete: async (ctx, { physicalId }) => {
    try {
      await ctx.call("states", "DeleteStateMachineAlias", { stateMachineAliasArn: physicalId });
    } catch (error) {
      if (errorCode(error) !== "ResourceNotFound") throw error;
    }
  },
});

const routesOf = ({ RoutingConfiguration: routes, DeploymentPreference: preference }: AliasProperties) => {
  if (preference) return [{ stateMachineVersionArn: preference.StateMachineVersionArn, weight: WHOLE }];
  return (routes ?? []).map(({ StateMachineVersionArn, Weight }) => ({
    stateMachineVersionArn: StateMachineVersionArn,
    weight: Weight,
  }));
};

/** Moves an alias to a new version by steps, and back when an alarm goes off. AWS: a stack that is undone moves at once. */
const shift = async (ctx: ResourceContext, stateMachineAliasArn: string, { DeploymentPreference }: AliasProperties) => {
  const {
    Type = "ALL_AT_ONCE",
    Percentage = WHOLE,
    Interval = 0,
    Alarms = [],
    StateMachineVersionArn = "",
  } = DeploymentPreference ?? {};
  if (Type === "ALL_AT_ONCE" || ctx.isGoingBack) return;
  const { routingConfiguration: before = [] } = await ctx.call("states", "DescribeStateMachineAlias", {
    stateMachineAliasArn,
  });
  const old = before.find((route) => route.stateMachineVersionArn !== StateMachineVersionArn)?.stateMachineVersionArn;
  if (old === undefined) return;
  for (let weight = Percentage; weight < WHOLE; weight = Type === "CANARY" ? WHOLE : weight + Percentage) {
    const routingConfiguration = [
      { stateMachineVersionArn: StateMachineVersionArn, weight },
      { stateMachineVersionArn: old, weight: WHOLE - weight },
    ];
    await ctx.call("states", "UpdateStateMachineAlias", { stateMachineAliasArn, routingConfiguration });
    await ctx.sleep(Interval * MINUTE_MS);
    await checkAlarms(ctx, Alarms);
  }
};

const checkAlarms = async (ctx: ResourceContext, alarms: readonly string[]): Promise<void> => {
  if (alarms.length === 0) return;
  const names = alarms.map((alarm) => alarm.split(":alarm:").at(-1) ?? alarm);
  const { MetricAlarms = [] } = await ctx.call("cloudwatch", "DescribeAlarms", { AlarmNames: names });
  const ringing = MetricAlarms.filter(({ StateValue }) => StateValue === "ALARM").map(({ AlarmName }) => AlarmName);
  if (ringing.length > 0)
    throw new AwsError("GeneralServiceException", `The deployment was stopped by the alarms: ${ringing.join(", ")}`);
};
