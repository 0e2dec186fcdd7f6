import type { StackSetOperationPreferences } from "@aws-sdk/client-cloudformation";
import { errorCode } from "../../../kernel/errors.ts";
import { defineResourceType, type ResourceContext, type ResourceType } from "../../../kernel/resource.ts";
import { validationError } from "../errors.ts";
import type { Room } from "../room.ts";
import { findOperation, findStackSet, instancesOf } from "../stackSets/find.ts";
import { tagView } from "../views.ts";
import { readStackSet } from "./readOwn.ts";

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html */
interface StackSetProperties {
  readonly StackSetName: string;
  readonly PermissionModel: "SELF_MANAGED" | "SERVICE_MANAGED";
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
  readonly Description?: string;
  readonly Parameters?: readonly { readonly ParameterKey: string; readonly ParameterValue: string }[];
  readonly Capabilities?: readonly ("CAPABILITY_IAM" | "CAPABILITY_NAMED_IAM" | "CAPABILITY_AUTO_EXPAND")[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly AdministrationRoleARN?: string;
  readonly ExecutionRoleName?: string;
  readonly ManagedExecution?: { readonly Active?: boolean };
  readonly AutoDeployment?: { readonly Enabled?: boolean };
  readonly CallAs?: "SELF" | "DELEGATED_ADMIN";
  readonly OperationPreferences?: StackSetOperationPreferences;
  readonly StackInstancesGroup?: readonly InstancesGroup[];
}

interface InstancesGroup {
  readonly DeploymentTargets: { readonly Accounts?: readonly string[] };
  readonly Regions: readonly string[];
  readonly ParameterOverrides?: readonly { readonly ParameterKey: string; readonly ParameterValue: string }[];
}

/** A stack set with its instances, as one resource. */
export const stackSetType = (room: Room): ResourceType =>
  defineResourceType<StackSetProperties>({
    name: "AWS::CloudFormation::StackSet",
    // What only an organization has.
    unbuilt: ["AccountFilterType", "AccountsUrl", "OrganizationalUnitIds"].map(
      (name) => `StackInstancesGroup.DeploymentTargets.${name}`,
    ),
    read: readStackSet(room),
    create: async (ctx, desired) => {
      const { StackSetId = "" } = await ctx.call("cloudformation", "CreateStackSet", {
        ...contentOf(desired),
        StackSetName: desired.StackSetName,
        ClientRequestToken: ctx.clientToken,
      });
      ctx.made(StackSetId);
      for (const group of desired.StackInstancesGroup ?? []) await addInstances(room, ctx, StackSetId, desired, group);
      return { physicalId: StackSetId, attributes: { StackSetId } };
    },
    update: async (ctx, { physicalId }, desired) => {
      const { OperationId } = await ctx.call("cloudformation", "UpdateStackSet", {
        ...contentOf(desired),
        StackSetName: physicalId,
        OperationPreferences: desired.OperationPreferences,
      });
      await done(room, ctx, physicalId, OperationId);
      await removeInstances(room, ctx, physicalId, (place) => !isWanted(desired, place));
      for (const group of desired.StackInstancesGroup ?? []) await addInstances(room, ctx, physicalId, desired, group);
      return { physicalId, attributes: { StackSetId: physicalId } };
    },
    delete: async (ctx, { physicalId }) => {
      try {
        await removeInstances(room, ctx, physicalId, () => true);
        await ctx.call("cloudformation", "DeleteStackSet", { StackSetName: physicalId });
      } catch (error) {
        if (errorCode(error) !== "StackSetNotFoundException") throw error;
      }
    },
  });

const contentOf = (desired: StackSetProperties) => ({
  ...(desired.TemplateURL === undefined
    ? { TemplateBody: desired.TemplateBody }
    : { TemplateURL: desired.TemplateURL }),
  Description: desired.Description,
  Parameters: [...(desired.Parameters ?? [])],
  Capabilities: [...(desired.Capabilities ?? [])],
  Tags: (desired.Tags ?? []).map(({ Key, Value }) => tagView({ key: Key, value: Value })),
  PermissionModel: desired.PermissionModel,
  AdministrationRoleARN: desired.AdministrationRoleARN,
  ExecutionRoleName: desired.ExecutionRoleName,
  ManagedExecution: desired.ManagedExecution,
  AutoDeployment: desired.AutoDeployment,
  CallAs: desired.CallAs,
});

type Place = Pick<ReturnType<typeof instancesOf>[number], "account" | "region">;

const isWanted = ({ StackInstancesGroup = [] }: StackSetProperties, { account, region }: Place): boolean =>
  StackInstancesGroup.some(
    ({ DeploymentTargets, Regions }) => DeploymentTargets.Accounts?.includes(account) && Regions.includes(region),
  );

const addInstances = async (
  room: Room,
  ctx: ResourceContext,
  stackSetId: string,
  desired: StackSetProperties,
  { DeploymentTargets, Regions, ParameterOverrides }: InstancesGroup,
): Promise<void> => {
  const { OperationId } = await ctx.call("cloudformation", "CreateStackInstances", {
    StackSetName: stackSetId,
    Accounts: [...(DeploymentTargets.Accounts ?? [])],
    Regions: [...Regions],
    ParameterOverrides: [...(ParameterOverrides ?? [])],
    OperationPreferences: desired.OperationPreferences,
  });
  await done(room, ctx, stackSetId, OperationId);
};

const removeInstances = async (
  room: Room,
  ctx: ResourceContext,
  stackSetId: string,
  which: (place: Place) => boolean,
): Promise<void> => {
  for (const { account, region } of instancesOf(room, stackSetId).filter(which)) {
    const { OperationId } = await ctx.call("cloudformation", "DeleteStackInstances", {
      StackSetName: stackSetId,
      Accounts: [account],
      Regions: [region],
      RetainStacks: false,
    });
    await done(room, ctx, stackSetId, OperationId);
  }
};

/** Waits for an operation; throws when it has failed. */
const done = async (room: Room, ctx: ResourceContext, stackSetId: string, operationId = ""): Promise<void> => {
  await room.running.ended(operationId);
  ctx.signal.throwIfAborted();
  const { status, results } = findOperation(room, findStackSet(room, stackSetId), operationId);
  if (status === "SUCCEEDED") return;
  const why = results.find(({ status: result }) => result === "FAILED")?.reason ?? "";
  throw validationError(`Operation ${operationId} on stack set ${stackSetId} is in ${status}. ${why}`.trim());
};
