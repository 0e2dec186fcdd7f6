import * as model from "@aws-sdk/client-sfn";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { createActivity, deleteActivity, describeActivity, listActivities } from "./operations/activities.ts";
import {
  createStateMachineAlias,
  deleteStateMachineAlias,
  describeStateMachineAlias,
  listStateMachineAliases,
  updateStateMachineAlias,
} from "./operations/aliases.ts";
import { createStateMachine } from "./operations/createStateMachine.ts";
import { describeMapRun } from "./operations/describeMapRun.ts";
import { describeExecution, getExecutionHistory, listExecutions, stopExecution } from "./operations/executions.ts";
import { listMapRuns } from "./operations/listMapRuns.ts";
import { redriveExecution } from "./operations/redriveExecution.ts";
import { startExecution, startSyncExecution } from "./operations/startExecution.ts";
import {
  deleteStateMachine,
  describeStateMachine,
  describeStateMachineForExecution,
  listStateMachines,
  validateStateMachineDefinition,
} from "./operations/stateMachines.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { getActivityTask, sendTaskFailure, sendTaskHeartbeat, sendTaskSuccess } from "./operations/tasks.ts";
import { testState } from "./operations/testState.ts";
import { updateMapRun } from "./operations/updateMapRun.ts";
import { updateStateMachine } from "./operations/updateStateMachine.ts";
import {
  deleteStateMachineVersion,
  listStateMachineVersions,
  publishStateMachineVersion,
} from "./operations/versions.ts";
import { activityType } from "./resources/activity.ts";
import { stateMachineType } from "./resources/stateMachine.ts";
import { stateMachineAliasType } from "./resources/stateMachineAlias.ts";
import { stateMachineVersionType } from "./resources/stateMachineVersion.ts";
import { openRoom, type Room } from "./room.ts";
import { resumeExecutions } from "./run/drive.ts";

/** AWS Step Functions. */
export default defineService<Room, "states">({
  name: "states",
  model,
  scope: "region",
  constraints,
  open: openRoom,
  operations: {
    CreateActivity: createActivity,
    CreateStateMachine: createStateMachine,
    CreateStateMachineAlias: createStateMachineAlias,
    DeleteActivity: deleteActivity,
    DeleteStateMachine: deleteStateMachine,
    DeleteStateMachineAlias: deleteStateMachineAlias,
    DeleteStateMachineVersion: deleteStateMachineVersion,
    DescribeActivity: describeActivity,
    DescribeExecution: describeExecution,
    DescribeMapRun: describeMapRun,
    DescribeStateMachine: describeStateMachine,
    DescribeStateMachineAlias: describeStateMachineAlias,
    DescribeStateMachineForExecution: describeStateMachineForExecution,
    GetActivityTask: getActivityTask,
    GetExecutionHistory: getExecutionHistory,
    ListActivities: listActivities,
    ListExecutions: listExecutions,
    ListMapRuns: listMapRuns,
    ListStateMachineAliases: listStateMachineAliases,
    ListStateMachineVersions: listStateMachineVersions,
    ListStateMachines: listStateMachines,
    ListTagsForResource: listTagsForResource,
    PublishStateMachineVersion: publishStateMachineVersion,
    RedriveExecution: redriveExecution,
    SendTaskFailure: sendTaskFailure,
    SendTaskHeartbeat: sendTaskHeartbeat,
    SendTaskSuccess: sendTaskSuccess,
    StartExecution: startExecution,
    StartSyncExecution: startSyncExecution,
    StopExecution: stopExecution,
    TagResource: tagResource,
    TestState: testState,
    UntagResource: untagResource,
    UpdateMapRun: updateMapRun,
    UpdateStateMachine: updateStateMachine,
    UpdateStateMachineAlias: updateStateMachineAlias,
    ValidateStateMachineDefinition: validateStateMachineDefinition,
  },
  iam,
  resources: [activityType, stateMachineType, stateMachineAliasType, stateMachineVersionType],
  resume: resumeExecutions,
});
