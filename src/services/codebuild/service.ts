import * as model from "@aws-sdk/client-codebuild";
import { defineService } from "../../kernel/rooms.ts";
import { failLostBatch } from "./batches/run.ts";
import { failLost } from "./builds/run.ts";
import { buildOnHappening } from "./builds/webhooks.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import {
  batchGetBuildBatches,
  deleteBuildBatch,
  listBuildBatches,
  listBuildBatchesForProject,
  retryBuildBatch,
  startBuildBatch,
  stopBuildBatch,
} from "./operations/buildBatches.ts";
import { batchDeleteBuilds, batchGetBuilds, listBuilds, listBuildsForProject, stopBuild } from "./operations/builds.ts";
import {
  batchGetCommandExecutions,
  listCommandExecutionsForSandbox,
  startCommandExecution,
} from "./operations/commandExecutions.ts";
import { createProject } from "./operations/createProject.ts";
import { batchGetFleets, createFleet, deleteFleet, listFleets, updateFleet } from "./operations/fleets.ts";
import { getReportGroupTrend } from "./operations/getReportGroupTrend.ts";
import { listCuratedEnvironmentImages } from "./operations/listCuratedEnvironmentImages.ts";
import { batchGetProjects, deleteProject, invalidateProjectCache, listProjects } from "./operations/projects.ts";
import {
  batchGetReportGroups,
  createReportGroup,
  deleteReportGroup,
  listReportGroups,
  updateReportGroup,
} from "./operations/reportGroups.ts";
import {
  batchGetReports,
  deleteReport,
  describeCodeCoverages,
  describeTestCases,
  listReports,
  listReportsForReportGroup,
} from "./operations/reports.ts";
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from "./operations/resourcePolicy.ts";
import {
  batchGetSandboxes,
  listSandboxes,
  listSandboxesForProject,
  startSandbox,
  stopSandbox,
} from "./operations/sandboxes.ts";
import { listSharedProjects, listSharedReportGroups, updateProjectVisibility } from "./operations/sharing.ts";
import {
  deleteSourceCredentials,
  importSourceCredentials,
  listSourceCredentials,
} from "./operations/sourceCredentials.ts";
import { retryBuild, startBuild } from "./operations/startBuild.ts";
import { updateProject } from "./operations/updateProject.ts";
import { createWebhook, deleteWebhook, updateWebhook } from "./operations/webhooks.ts";
import { fleetType } from "./resources/fleet.ts";
import { projectType } from "./resources/project.ts";
import { reportGroupType } from "./resources/reportGroup.ts";
import { sourceCredentialType } from "./resources/sourceCredential.ts";
import { closeRoom, openRoom, type Room } from "./room.ts";
import { failLostSandbox } from "./sandboxes/run.ts";

/** AWS CodeBuild. */
export default defineService<Room, "codebuild">({
  name: "codebuild",
  model,
  scope: "region",
  constraints,
  validationErrorCode: "InvalidInputException",
  open: (deps) => {
    const room = openRoom(deps);
    room.subscriptions.push(deps.events.subscribe((event) => buildOnHappening(room, event)));
    return room;
  },
  operations: {
    BatchDeleteBuilds: batchDeleteBuilds,
    BatchGetBuildBatches: batchGetBuildBatches,
    BatchGetBuilds: batchGetBuilds,
    BatchGetCommandExecutions: batchGetCommandExecutions,
    BatchGetFleets: batchGetFleets,
    BatchGetProjects: batchGetProjects,
    BatchGetReportGroups: batchGetReportGroups,
    BatchGetReports: batchGetReports,
    BatchGetSandboxes: batchGetSandboxes,
    CreateFleet: createFleet,
    CreateProject: createProject,
    CreateReportGroup: createReportGroup,
    CreateWebhook: createWebhook,
    DeleteBuildBatch: deleteBuildBatch,
    DeleteFleet: deleteFleet,
    DeleteProject: deleteProject,
    DeleteReport: deleteReport,
    DeleteReportGroup: deleteReportGroup,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteSourceCredentials: deleteSourceCredentials,
    DeleteWebhook: deleteWebhook,
    DescribeCodeCoverages: describeCodeCoverages,
    DescribeTestCases: describeTestCases,
    GetReportGroupTrend: getReportGroupTrend,
    GetResourcePolicy: getResourcePolicy,
    ImportSourceCredentials: importSourceCredentials,
    InvalidateProjectCache: invalidateProjectCache,
    ListBuildBatches: listBuildBatches,
    ListBuildBatchesForProject: listBuildBatchesForProject,
    ListBuilds: listBuilds,
    ListBuildsForProject: listBuildsForProject,
    ListCommandExecutionsForSandbox: listCommandExecutionsForSandbox,
    ListCuratedEnvironmentImages: listCuratedEnvironmentImages,
    ListSharedProjects: listSharedProjects,
    ListSharedReportGroups: listSharedReportGroups,
    UpdateProjectVisibility: updateProjectVisibility,
    ListFleets: listFleets,
    ListProjects: listProjects,
    ListReportGroups: listReportGroups,
    ListReports: listReports,
    ListReportsForReportGroup: listReportsForReportGroup,
    ListSandboxes: listSandboxes,
    ListSandboxesForProject: listSandboxesForProject,
    ListSourceCredentials: listSourceCredentials,
    PutResourcePolicy: putResourcePolicy,
    RetryBuildBatch: retryBuildBatch,
    RetryBuild: retryBuild,
    StartBuild: startBuild,
    StartBuildBatch: startBuildBatch,
    StartCommandExecution: startCommandExecution,
    StartSandbox: startSandbox,
    StopBuildBatch: stopBuildBatch,
    StopBuild: stopBuild,
    StopSandbox: stopSandbox,
    UpdateFleet: updateFleet,
    UpdateProject: updateProject,
    UpdateReportGroup: updateReportGroup,
    UpdateWebhook: updateWebhook,
  },
  iam,
  resources: [fleetType, projectType, reportGroupType, sourceCredentialType],
  resume: (room) => {
    // A build that another room's resumed work has started meanwhile is running.
    const lost = [...room.builds.unfinished()].filter(({ id }) => !room.running.has(id));
    for (const build of lost) failLost(room, build);
    for (const sandbox of [...room.sandboxes.unfinished()])
      if (!room.runningSandboxes.has(sandbox.id)) failLostSandbox(room, sandbox);
    for (const batch of [...room.batches.unfinished()])
      if (!room.runningBatches.has(batch.id)) failLostBatch(room, batch);
  },
  close: closeRoom,
});
