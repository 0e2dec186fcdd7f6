import type * as sdk from "@aws-sdk/client-codebuild";
import type { CallInputOf } from "../../../kernel/aws.ts";
import { defineResourceType, type ResourceContext } from "../../../kernel/resource.ts";
import { fromProperties, type Properties } from "../../../kernel/spelledProperties.ts";
import { tagsOf } from "./tags.ts";

type CreateInput = CallInputOf<typeof sdk, "CreateFleet">;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-fleet.html */
interface FleetProperties
  extends Properties<Omit<CreateInput, "name" | "tags" | "vpcConfig" | "proxyConfiguration" | "computeConfiguration">> {
  readonly Name?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly FleetVpcConfig?: Properties<NonNullable<CreateInput["vpcConfig"]>>;
  readonly FleetProxyConfiguration?: Properties<NonNullable<CreateInput["proxyConfiguration"]>>;
  readonly ComputeConfiguration?: Properties<NonNullable<CreateInput["computeConfiguration"]>>;
}

export const fleetType = defineResourceType<FleetProperties>({
  name: "AWS::CodeBuild::Fleet",
  create: async (ctx, desired) => {
    const name = desired.Name ?? ctx.physicalName({ maxLength: 128 });
    const { fleet } = await ctx.call("codebuild", "CreateFleet", { ...inputOf(ctx, desired), name });
    return stateOf(fleet?.arn ?? "");
  },
  update: async (ctx, { physicalId }, desired) => {
    await ctx.call("codebuild", "UpdateFleet", { ...inputOf(ctx, desired), arn: physicalId });
    return stateOf(physicalId);
  },
  delete: async (ctx, { physicalId }) => {
    await ctx.call("codebuild", "DeleteFleet", { arn: physicalId });
  },
  read: async (ctx, physicalId) => {
    const { fleets: [fleet] = [] } = await ctx.call("codebuild", "BatchGetFleets", { names: [physicalId] });
    if (!fleet) return undefined;
    const { name: Name = "", baseCapacity: BaseCapacity = 0 } = fleet;
    const { environmentType: EnvironmentType = "", computeType: ComputeType = "" } = fleet;
    return { ...stateOf(physicalId), properties: { Name, BaseCapacity, EnvironmentType, ComputeType } };
  },
});

/** Two of the API's structures have other names in templates. */
const inputOf = (ctx: ResourceContext, desired: FleetProperties): Omit<CreateInput, "name"> => {
  const { Name: _name, Tags: _tags, FleetVpcConfig, FleetProxyConfiguration, ...shared } = desired;
  return {
    ...fromProperties<Omit<CreateInput, "name">>({
      ...shared,
      ...(FleetVpcConfig ? { VpcConfig: FleetVpcConfig } : {}),
      ...(FleetProxyConfiguration ? { ProxyConfiguration: FleetProxyConfiguration } : {}),
    }),
    tags: tagsOf(ctx, desired),
  };
};

const stateOf = (arn: string) => ({ physicalId: arn, attributes: { Arn: arn } });
