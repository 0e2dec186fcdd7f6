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
  batchGetDeploymentTargets,
  continueDeployment,
  getDeployment,
  getDeploymentTarget,
  listDeployments,
  listDeploymentTargets,
  putLifecycleEventHookExecutionStatus,
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
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { applicationType } from "./resources/application.ts";
import { deploymentConfigType } from "./resources/deploymentConfig.ts";
import { deploymentGroupType } from "./resources/deploymentGroup.ts";
import { openRoom, type Room } from "./room.ts";

/** AWS CodeDeploy, for the Lambda compute platform. */
export default defineService<Room, "codedeploy">({
  name: "codedeploy",
  model,
  scope: "region",
  constraints,
  open: openRoom,
  operations: {
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
    GetDeployment: getDeployment,
    GetDeploymentConfig: getDeploymentConfig,
    GetDeploymentGroup: getDeploymentGroup,
    GetDeploymentTarget: getDeploymentTarget,
    ListApplications: listApplications,
    ListDeploymentConfigs: listDeploymentConfigs,
    ListDeploymentGroups: listDeploymentGroups,
    ListDeploymentTargets: listDeploymentTargets,
    ListDeployments: listDeployments,
    ListTagsForResource: listTagsForResource,
    PutLifecycleEventHookExecutionStatus: putLifecycleEventHookExecutionStatus,
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
