import * as model from "@aws-sdk/client-cloudwatch-logs";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { nameTooLong } from "./errors.ts";
import { resumeExports } from "./exports/drive.ts";
import { iam } from "./iam.ts";
import { describeQueries } from "./operations/describeQueries.ts";
import { cancelExportTask, createExportTask, describeExportTasks } from "./operations/exportTasks.ts";
import { filterLogEvents } from "./operations/filterLogEvents.ts";
import { getLogEvents } from "./operations/getLogEvents.ts";
import { getLogGroupFields } from "./operations/getLogGroupFields.ts";
import { getLogRecord } from "./operations/getLogRecord.ts";
import { getQueryResults } from "./operations/getQueryResults.ts";
import { associateKmsKey, disassociateKmsKey, putLogGroupDeletionProtection } from "./operations/groupSettings.ts";
import { listLogGroups } from "./operations/listLogGroups.ts";
import {
  createLogGroup,
  deleteLogGroup,
  deleteRetentionPolicy,
  describeLogGroups,
  putRetentionPolicy,
} from "./operations/logGroups.ts";
import { createLogStream, deleteLogStream, describeLogStreams } from "./operations/logStreams.ts";
import {
  deleteMetricFilter,
  describeMetricFilters,
  putMetricFilter,
  testMetricFilter,
} from "./operations/metricFilters.ts";
import { putLogEvents } from "./operations/putLogEvents.ts";
import { deleteQueryDefinition, describeQueryDefinitions, putQueryDefinition } from "./operations/queryDefinitions.ts";
import { deleteResourcePolicy, describeResourcePolicies, putResourcePolicy } from "./operations/resourcePolicies.ts";
import { startLiveTail } from "./operations/startLiveTail.ts";
import { startQuery } from "./operations/startQuery.ts";
import { stopQuery } from "./operations/stopQuery.ts";
import {
  deleteSubscriptionFilter,
  describeSubscriptionFilters,
  putSubscriptionFilter,
} from "./operations/subscriptionFilters.ts";
import {
  listTagsForResource,
  listTagsLogGroup,
  tagLogGroup,
  tagResource,
  untagLogGroup,
  untagResource,
} from "./operations/tags.ts";
import { metricFilterType, resourcePolicyType, subscriptionFilterType } from "./resources/filters.ts";
import { logGroupType } from "./resources/logGroup.ts";
import { logStreamType } from "./resources/logStream.ts";
import { queryDefinitionType } from "./resources/queryDefinition.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon CloudWatch Logs. */
export default defineService<Room, "logs">({
  name: "logs",
  model,
  scope: "region",
  constraints,
  validationErrorCode: "InvalidParameterException",
  brokenMember: (name, rule) =>
    rule === "max" && (name === "logGroupName" || name === "logStreamName") ? nameTooLong() : undefined,
  open: openRoom,
  resume: resumeExports,
  operations: {
    AssociateKmsKey: associateKmsKey,
    DisassociateKmsKey: disassociateKmsKey,
    PutLogGroupDeletionProtection: putLogGroupDeletionProtection,
    CreateLogGroup: createLogGroup,
    CreateLogStream: createLogStream,
    DeleteLogGroup: deleteLogGroup,
    DeleteLogStream: deleteLogStream,
    DeleteRetentionPolicy: deleteRetentionPolicy,
    DescribeLogGroups: describeLogGroups,
    DescribeLogStreams: describeLogStreams,
    FilterLogEvents: filterLogEvents,
    GetLogEvents: getLogEvents,
    ListTagsForResource: listTagsForResource,
    ListTagsLogGroup: listTagsLogGroup,
    PutLogEvents: putLogEvents,
    PutRetentionPolicy: putRetentionPolicy,
    DeleteMetricFilter: deleteMetricFilter,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteSubscriptionFilter: deleteSubscriptionFilter,
    DescribeMetricFilters: describeMetricFilters,
    DescribeResourcePolicies: describeResourcePolicies,
    DescribeSubscriptionFilters: describeSubscriptionFilters,
    PutMetricFilter: putMetricFilter,
    PutResourcePolicy: putResourcePolicy,
    PutSubscriptionFilter: putSubscriptionFilter,
    TestMetricFilter: testMetricFilter,
    DeleteQueryDefinition: deleteQueryDefinition,
    DescribeQueries: describeQueries,
    DescribeQueryDefinitions: describeQueryDefinitions,
    GetLogGroupFields: getLogGroupFields,
    GetLogRecord: getLogRecord,
    GetQueryResults: getQueryResults,
    ListLogGroups: listLogGroups,
    PutQueryDefinition: putQueryDefinition,
    CancelExportTask: cancelExportTask,
    CreateExportTask: createExportTask,
    DescribeExportTasks: describeExportTasks,
    StartLiveTail: startLiveTail,
    StartQuery: startQuery,
    StopQuery: stopQuery,
    TagLogGroup: tagLogGroup,
    TagResource: tagResource,
    UntagLogGroup: untagLogGroup,
    UntagResource: untagResource,
  },
  iam,
  resources: [
    logGroupType,
    logStreamType,
    metricFilterType,
    subscriptionFilterType,
    resourcePolicyType,
    queryDefinitionType,
  ],
});
