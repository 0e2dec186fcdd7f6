import type { AuthorizationRequest } from "../../kernel/authorization.ts";
import type { Context } from "../../kernel/context.ts";
import type { IamTable } from "../../kernel/service.ts";
import { stackOrNone } from "./find.ts";
import type { Room } from "./room.ts";
import { SERVICE } from "./run/principal.ts";
import { stackSetOrNone } from "./stackSets/find.ts";

interface StackCall {
  readonly StackName?: string | undefined;
  readonly RoleARN?: string | undefined;
  readonly TemplateURL?: string | undefined;
  readonly ChangeSetName?: string | undefined;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html */
const onStack =
  (action: string) =>
  (room: Room, ctx: Context, input: StackCall): readonly AuthorizationRequest[] => {
    const request: AuthorizationRequest = {
      action: `cloudformation:${action}`,
      resource: stackArn(room, ctx, input),
      conditions: {
        ...(input.RoleARN === undefined ? {} : { "cloudformation:RoleArn": input.RoleARN }),
        ...(input.TemplateURL === undefined ? {} : { "cloudformation:TemplateUrl": input.TemplateURL }),
        ...(input.ChangeSetName === undefined ? {} : { "cloudformation:ChangeSetName": input.ChangeSetName }),
      },
    };
    return input.RoleARN === undefined ? [request] : [request, passRole(input.RoleARN)];
  };

/** AWS: whoever gives a stack a role must be allowed to pass it on. */
const passRole = (roleArn: string): AuthorizationRequest => ({
  action: "iam:PassRole",
  resource: roleArn,
  conditions: { "iam:PassedToService": SERVICE },
});

const stackArn = (room: Room, ctx: Context, { StackName, ChangeSetName }: StackCall): string => {
  const name = StackName ?? stackOfChangeSet(room, ChangeSetName);
  if (name === undefined) return ctx.arn("stack/*");
  return stackOrNone(room, name)?.stackId ?? (name.startsWith("arn:") ? name : ctx.arn(`stack/${name}/*`));
};

const stackOfChangeSet = ({ tables }: Room, arn: string | undefined): string | undefined => {
  if (!arn?.startsWith("arn:")) return undefined;
  for (const { value } of tables.changeSets.range()) if (value.changeSetId === arn) return value.stackId;
  return undefined;
};

const onStackSet =
  (action: string) =>
  (room: Room, ctx: Context, input: { readonly StackSetName?: string | undefined }): AuthorizationRequest => {
    const { StackSetName = "*" } = input;
    const id = stackSetOrNone(room, StackSetName)?.stackSetId ?? `${StackSetName}:*`;
    return { action: `cloudformation:${action}`, resource: ctx.arn(`stackset/${id}`) };
  };

const onAll = (action: string) => (): AuthorizationRequest => ({ action: `cloudformation:${action}`, resource: "*" });

export const iam: IamTable<Room, "cloudformation"> = {
  CancelUpdateStack: onStack("CancelUpdateStack"),
  ContinueUpdateRollback: onStack("ContinueUpdateRollback"),
  CreateChangeSet: onStack("CreateChangeSet"),
  CreateStack: onStack("CreateStack"),
  DeleteChangeSet: onStack("DeleteChangeSet"),
  DeleteStack: onStack("DeleteStack"),
  DescribeAccountLimits: onAll("DescribeAccountLimits"),
  DescribeChangeSetHooks: onStack("DescribeChangeSetHooks"),
  DescribeType: onAll("DescribeType"),
  EstimateTemplateCost: onAll("EstimateTemplateCost"),
  ListHookResults: onAll("ListHookResults"),
  ListTypeRegistrations: onAll("ListTypeRegistrations"),
  ListTypeVersions: onAll("ListTypeVersions"),
  ListTypes: onAll("ListTypes"),
  DescribeChangeSet: onStack("DescribeChangeSet"),
  DescribeEvents: onStack("DescribeEvents"),
  DescribeStackEvents: onStack("DescribeStackEvents"),
  DescribeStackResource: onStack("DescribeStackResource"),
  DescribeStackResources: onStack("DescribeStackResources"),
  DescribeStacks: onStack("DescribeStacks"),
  DescribeStackDriftDetectionStatus: onAll("DescribeStackDriftDetectionStatus"),
  DescribeStackResourceDrifts: onStack("DescribeStackResourceDrifts"),
  DetectStackDrift: onStack("DetectStackDrift"),
  DetectStackResourceDrift: onStack("DetectStackResourceDrift"),
  ExecuteChangeSet: onStack("ExecuteChangeSet"),
  GetStackPolicy: onStack("GetStackPolicy"),
  GetTemplate: onStack("GetTemplate"),
  GetTemplateSummary: onStack("GetTemplateSummary"),
  ListChangeSets: onStack("ListChangeSets"),
  ListExports: onAll("ListExports"),
  ListImports: onAll("ListImports"),
  ListStackResources: onStack("ListStackResources"),
  ListStacks: onAll("ListStacks"),
  RollbackStack: onStack("RollbackStack"),
  SetStackPolicy: onStack("SetStackPolicy"),
  SignalResource: onStack("SignalResource"),
  CreateStackSet: onStackSet("CreateStackSet"),
  UpdateStackSet: onStackSet("UpdateStackSet"),
  DeleteStackSet: onStackSet("DeleteStackSet"),
  DescribeStackSet: onStackSet("DescribeStackSet"),
  ListStackSets: onAll("ListStackSets"),
  DetectStackSetDrift: onStackSet("DetectStackSetDrift"),
  ImportStacksToStackSet: onStackSet("ImportStacksToStackSet"),
  ListStackInstanceResourceDrifts: onStackSet("ListStackInstanceResourceDrifts"),
  CreateStackInstances: onStackSet("CreateStackInstances"),
  UpdateStackInstances: onStackSet("UpdateStackInstances"),
  DeleteStackInstances: onStackSet("DeleteStackInstances"),
  DescribeStackInstance: onStackSet("DescribeStackInstance"),
  ListStackInstances: onStackSet("ListStackInstances"),
  DescribeStackSetOperation: onStackSet("DescribeStackSetOperation"),
  ListStackSetOperations: onStackSet("ListStackSetOperations"),
  ListStackSetOperationResults: onStackSet("ListStackSetOperationResults"),
  StopStackSetOperation: onStackSet("StopStackSetOperation"),
  UpdateStack: onStack("UpdateStack"),
  UpdateTerminationProtection: onStack("UpdateTerminationProtection"),
  ValidateTemplate: onAll("ValidateTemplate"),
};
