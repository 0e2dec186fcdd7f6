import * as model from "@aws-sdk/client-codedeploy";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { resumeDeployments } from "./deploy/drive.ts";
import { iam } from "./iam.ts";
import {
  batchGetApplications,
  createApplication,
  deleteApplication,
  getApplication,
  listApplications,
  updateApplication,
} from "./operations/applications.ts";
import {
  createDeploymentConfig,
  deleteDeploymentConfig,
  getDeploymentConfig,
  listDeploymentConfigs,
} from "./operations/configs.ts";
import { createDeployment } from "./operations/createDeployment.ts";
import {
  batchGetDeployments,
  continueDeployment,
  getDeployment,
  listDeployments,
  putLifecycleEventHookExecutionStatus,
  skipWaitTimeForInstanceTermination,
  stopDeployment,
} from "./operations/deployments.ts";
import {
  batchGetDeploymentGroups,
  createDeploymentGroup,
  deleteDeploymentGroup,
  getDeploymentGroup,
  listDeploymentGroups,
  updateDeploymentGroup,
} from "./operations/groups.ts";
import {
  batchGetApplicationRevisions,
  getApplicationRevision,
  listApplicationRevisions,
  registerApplicationRevision,
} from "./operations/revisions.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { batchGetDeploymentTargets, getDeploymentTarget, listDeploymentTargets } from "./operations/targets.ts";
import { applicationType } from "./resources/application.ts";
import { deploymentConfigType } from "./resources/deploymentConfig.ts";
import { deploymentGroupType } from "./resources/deploymentGroup.ts";
import { openRoom, type Room } from "./room.ts";

/** AWS CodeDeploy, for the Lambda compute platform, and for groups of instances, of which there are none. */
export default defineService<Room, "codedeploy">({
  name: "codedeploy",
  model,
  scope: "region",
  constraints,
  open: openRoom,
  operations: {
    BatchGetApplicationRevisions: batchGetApplicationRevisions,
    BatchGetApplications: batchGetApplications,
    BatchGetDeploymentGroups: batchGetDeploymentGroups,
    BatchGetDeploymentTargets: batchGetDeploymentTargets,
    BatchGetDeployments: batchGetDeployments,
    ContinueDeployment: continueDeployment,
    CreateApplication: createApplication,
    CreateDeployment: createDeployment,
    CreateDeploymentConfig: createDeploymentConfig,
    CreateDeploymentGroup: createDeploymentGroup,
    DeleteApplication: deleteApplication,
    DeleteDeploymentConfig: deleteDeploymentConfig,
    DeleteDeploymentGroup: deleteDeploymentGroup,
    GetApplication: getApplication,
    GetApplicationRevision: getApplicationRevision,
    GetDeployment: getDeployment,
    GetDeploymentConfig: getDeploymentConfig,
    GetDeploymentGroup: getDeploymentGroup,
    GetDeploymentTarget: getDeploymentTarget,
    ListApplicationRevisions: listApplicationRevisions,
    ListApplications: listApplications,
    ListDeploymentConfigs: listDeploymentConfigs,
    ListDeploymentGroups: listDeploymentGroups,
    ListDeploymentTargets: listDeploymentTargets,
    ListDeployments: listDeployments,
    ListTagsForResource: listTagsForResource,
    PutLifecycleEventHookExecutionStatus: putLifecycleEventHookExecutionStatus,
    RegisterApplicationRevision: registerApplicationRevision,
    SkipWaitTimeForInstanceTermination: skipWaitTimeForInstanceTermination,
    StopDeployment: stopDeployment,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateApplication: updateApplication,
    UpdateDeploymentGroup: updateDeploymentGroup,
  },
  iam,
  resources: [applicationType, deploymentConfigType, deploymentGroupType],
  resume: resumeDeployments,
});
