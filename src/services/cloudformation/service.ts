import * as model from "@aws-sdk/client-cloudformation";
import { type AnyService, defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { deleteChangeSet, describeChangeSet, listChangeSets } from "./operations/changeSets.ts";
import { createChangeSet } from "./operations/createChangeSet.ts";
import { createStack } from "./operations/createStack.ts";
import { deleteStack } from "./operations/deleteStack.ts";
import { describeAccountLimits } from "./operations/describeAccountLimits.ts";
import { describeStackDriftDetectionStatus, describeStackResourceDrifts } from "./operations/describeDrift.ts";
import { describeEvents, describeStackEvents } from "./operations/describeStackEvents.ts";
import {
  describeStackResource,
  describeStackResources,
  listStackResources,
} from "./operations/describeStackResources.ts";
import { describeStacks, listStacks } from "./operations/describeStacks.ts";
import { detectStackDrift, detectStackResourceDrift } from "./operations/detectDrift.ts";
import { estimateTemplateCost } from "./operations/estimateTemplateCost.ts";
import { executeChangeSet } from "./operations/executeChangeSet.ts";
import { listExports, listImports } from "./operations/exports.ts";
import { describeChangeSetHooks, listHookResults } from "./operations/hooks.ts";
import { importStacksToStackSet } from "./operations/importStacksToStackSet.ts";
import { cancelUpdateStack, continueUpdateRollback, rollbackStack } from "./operations/rollbacks.ts";
import { getStackPolicy, setStackPolicy, updateTerminationProtection } from "./operations/settings.ts";
import { signalResource } from "./operations/signalResource.ts";
import {
  createStackInstances,
  deleteStackInstances,
  describeStackInstance,
  listStackInstances,
  updateStackInstances,
} from "./operations/stackInstances.ts";
import { detectStackSetDrift, listStackInstanceResourceDrifts } from "./operations/stackSetDrift.ts";
import {
  describeStackSetOperation,
  listStackSetOperationResults,
  listStackSetOperations,
  stopStackSetOperation,
} from "./operations/stackSetOperations.ts";
import {
  createStackSet,
  deleteStackSet,
  describeStackSet,
  listStackSets,
  updateStackSet,
} from "./operations/stackSets.ts";
import { getTemplate, getTemplateSummary, validateTemplate } from "./operations/templates.ts";
import { describeType, listTypeRegistrations, listTypes, listTypeVersions } from "./operations/types.ts";
import { updateStack } from "./operations/updateStack.ts";
import { type CloudFormationParts, openRoom, type Room } from "./room.ts";
import { resumeAll } from "./run/launch.ts";

export { resourceTypesOf } from "./registry.ts";

/** AWS CloudFormation, over the resource types it is given. */
export const cloudFormation = (parts: CloudFormationParts): AnyService =>
  defineService<Room, "cloudformation">({
    name: "cloudformation",
    model,
    scope: "region",
    constraints,
    validationErrorCode: "ValidationError",
    open: openRoom(parts),
    operations: {
      CancelUpdateStack: cancelUpdateStack,
      ContinueUpdateRollback: continueUpdateRollback,
      CreateChangeSet: createChangeSet,
      CreateStack: createStack,
      DeleteChangeSet: deleteChangeSet,
      DeleteStack: deleteStack,
      DescribeAccountLimits: describeAccountLimits,
      DescribeChangeSet: describeChangeSet,
      DescribeChangeSetHooks: describeChangeSetHooks,
      DescribeType: describeType,
      EstimateTemplateCost: estimateTemplateCost,
      ListHookResults: listHookResults,
      ListTypeRegistrations: listTypeRegistrations,
      ListTypeVersions: listTypeVersions,
      ListTypes: listTypes,
      DescribeEvents: describeEvents,
      DescribeStackEvents: describeStackEvents,
      DescribeStackResource: describeStackResource,
      DescribeStackResources: describeStackResources,
      DescribeStacks: describeStacks,
      DescribeStackDriftDetectionStatus: describeStackDriftDetectionStatus,
      DescribeStackResourceDrifts: describeStackResourceDrifts,
      DetectStackDrift: detectStackDrift,
      DetectStackSetDrift: detectStackSetDrift,
      DetectStackResourceDrift: detectStackResourceDrift,
      ExecuteChangeSet: executeChangeSet,
      GetStackPolicy: getStackPolicy,
      GetTemplate: getTemplate,
      GetTemplateSummary: getTemplateSummary,
      ListChangeSets: listChangeSets,
      ListExports: listExports,
      ListImports: listImports,
      ListStackResources: listStackResources,
      ListStacks: listStacks,
      RollbackStack: rollbackStack,
      SetStackPolicy: setStackPolicy,
      SignalResource: signalResource,
      CreateStackSet: createStackSet,
      UpdateStackSet: updateStackSet,
      DeleteStackSet: deleteStackSet,
      DescribeStackSet: describeStackSet,
      ListStackSets: listStackSets,
      CreateStackInstances: createStackInstances,
      UpdateStackInstances: updateStackInstances,
      DeleteStackInstances: deleteStackInstances,
      DescribeStackInstance: describeStackInstance,
      ImportStacksToStackSet: importStacksToStackSet,
      ListStackInstanceResourceDrifts: listStackInstanceResourceDrifts,
      ListStackInstances: listStackInstances,
      DescribeStackSetOperation: describeStackSetOperation,
      ListStackSetOperations: listStackSetOperations,
      ListStackSetOperationResults: listStackSetOperationResults,
      StopStackSetOperation: stopStackSetOperation,
      UpdateStack: updateStack,
      UpdateTerminationProtection: updateTerminationProtection,
      ValidateTemplate: validateTemplate,
    },
    iam,
    resume: resumeAll,
  });
