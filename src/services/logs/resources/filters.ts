import type { StandardUnit } from "@aws-sdk/client-cloudwatch-logs";
import { errorMessage } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { patiently } from "../../../kernel/resourcePatience.ts";
import { orGone } from "./gone.ts";
import { readMetricFilter, readResourcePolicy, readSubscriptionFilter } from "./readFilters.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html */
interface MetricFilterProperties {
  readonly FilterName?: string;
  readonly FilterPattern: string;
  readonly LogGroupName: string;
  readonly MetricTransformations: readonly {
    readonly MetricName: string;
    readonly MetricNamespace: string;
    readonly MetricValue: string;
    readonly DefaultValue?: number;
    readonly Dimensions?: readonly { readonly Key: string; readonly Value: string }[];
    readonly Unit?: StandardUnit;
  }[];
}

const putMetricFilter = async (ctx: ResourceContext, filterName: string, desired: MetricFilterProperties) => {
  await ctx.call("logs", "PutMetricFilter", {
    logGroupName: desired.LogGroupName,
    filterName,
    filterPattern: desired.FilterPattern,
    metricTransformations: desired.MetricTransformations.map((each) => ({
      metricName: each.MetricName,
      metricNamespace: each.MetricNamespace,
      metricValue: each.MetricValue,
      defaultValue: each.DefaultValue,
      dimensions: each.Dimensions && Object.fromEntries(each.Dimensions.map(({ Key, Value }) => [Key, Value])),
      unit: each.Unit,
    })),
  });
  return { physicalId: filterName, attributes: {} };
};

export const metricFilterType = defineResourceType<MetricFilterProperties>({
  name: "AWS::Logs::MetricFilter",
  unbuilt: ["ApplyOnTransformedLogs", "EmitSystemFieldDimensions", "FieldSelectionCriteria"],
  read: readMetricFilter,
  create: async (ctx, desired) => putMetricFilter(ctx, desired.FilterName ?? ctx.physicalName(), desired),
  update: async (ctx, { physicalId }, desired) => putMetricFilter(ctx, physicalId, desired),
  delete: async (ctx, { physicalId, properties }) => {
    await orGone(
      ctx.call("logs", "DeleteMetricFilter", { logGroupName: properties.LogGroupName, filterName: physicalId }),
    );
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-subscriptionfilter.html */
interface SubscriptionFilterProperties {
  readonly FilterName?: string;
  readonly FilterPattern: string;
  readonly LogGroupName: string;
  readonly DestinationArn: string;
  readonly RoleArn?: string;
  readonly Distribution?: "Random" | "ByLogStream";
}

const putSubscription = async (ctx: ResourceContext, filterName: string, desired: SubscriptionFilterProperties) => {
  await patiently(ctx, isNotYetInvocable, () =>
    ctx.call("logs", "PutSubscriptionFilter", {
      logGroupName: desired.LogGroupName,
      filterName,
      filterPattern: desired.FilterPattern,
      destinationArn: desired.DestinationArn,
      roleArn: desired.RoleArn,
      distribution: desired.Distribution,
    }),
  );
  return { physicalId: filterName, attributes: {} };
};

const isNotYetInvocable = (error: unknown): boolean =>
  errorMessage(error).startsWith("Could not execute the lambda function.");

export const subscriptionFilterType = defineResourceType<SubscriptionFilterProperties>({
  name: "AWS::Logs::SubscriptionFilter",
  unbuilt: ["ApplyOnTransformedLogs", "EmitSystemFields", "FieldSelectionCriteria"],
  read: readSubscriptionFilter,
  create: async (ctx, desired) => putSubscription(ctx, desired.FilterName ?? ctx.physicalName(), desired),
  update: async (ctx, { physicalId }, desired) => putSubscription(ctx, physicalId, desired),
  delete: async (ctx, { physicalId, properties }) => {
    await orGone(
      ctx.call("logs", "DeleteSubscriptionFilter", { logGroupName: properties.LogGroupName, filterName: physicalId }),
    );
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-resourcepolicy.html */
interface ResourcePolicyProperties {
  readonly PolicyName: string;
  /** JSON: the schema lets it be written as an object, too. */
  readonly PolicyDocument: string | object;
}

const putPolicy = async (ctx: ResourceContext, { PolicyName, PolicyDocument }: ResourcePolicyProperties) => {
  const policyDocument = typeof PolicyDocument === "string" ? PolicyDocument : JSON.stringify(PolicyDocument);
  await ctx.call("logs", "PutResourcePolicy", { policyName: PolicyName, policyDocument });
  return { physicalId: PolicyName, attributes: {} };
};

export const resourcePolicyType = defineResourceType<ResourcePolicyProperties>({
  name: "AWS::Logs::ResourcePolicy",
  read: readResourcePolicy,
  create: putPolicy,
  update: (ctx, _current, desired) => putPolicy(ctx, desired),
  delete: async (ctx, { physicalId }) => {
    await orGone(ctx.call("logs", "DeleteResourcePolicy", { policyName: physicalId }));
  },
});
