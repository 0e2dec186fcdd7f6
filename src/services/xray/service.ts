import * as model from "@aws-sdk/client-xray";
import { defineService } from "../../kernel/rooms.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import { batchGetTraces } from "./operations/batchGetTraces.ts";
import { getEncryptionConfig, putEncryptionConfig } from "./operations/encryption.ts";
import { getTimeSeriesServiceStatistics } from "./operations/getTimeSeriesServiceStatistics.ts";
import { getTraceSummaries } from "./operations/getTraceSummaries.ts";
import { getServiceGraph, getTraceGraph } from "./operations/graphs.ts";
import { createGroup, deleteGroup, getGroup, getGroups, updateGroup } from "./operations/groups.ts";
import { putTelemetryRecords, putTraceSegments } from "./operations/putTraceSegments.ts";
import { deleteResourcePolicy, listResourcePolicies, putResourcePolicy } from "./operations/resourcePolicies.ts";
import { createSamplingRule, deleteSamplingRule, getSamplingRules } from "./operations/samplingRules.ts";
import { getSamplingStatisticSummaries, getSamplingTargets } from "./operations/samplingTargets.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { updateSamplingRule } from "./operations/updateSamplingRule.ts";
import { groupType } from "./resources/group.ts";
import { resourcePolicyType } from "./resources/resourcePolicy.ts";
import { samplingRuleType } from "./resources/samplingRule.ts";
import { openRoom, type Room } from "./room.ts";

/** AWS X-Ray. */
export default defineService<Room, "xray">({
  name: "xray",
  model,
  scope: "region",
  constraints,
  validationErrorCode: "InvalidRequestException",
  open: openRoom,
  operations: {
    BatchGetTraces: batchGetTraces,
    CreateGroup: createGroup,
    CreateSamplingRule: createSamplingRule,
    DeleteGroup: deleteGroup,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteSamplingRule: deleteSamplingRule,
    GetEncryptionConfig: getEncryptionConfig,
    GetGroup: getGroup,
    GetGroups: getGroups,
    GetSamplingRules: getSamplingRules,
    GetSamplingStatisticSummaries: getSamplingStatisticSummaries,
    GetSamplingTargets: getSamplingTargets,
    GetServiceGraph: getServiceGraph,
    GetTimeSeriesServiceStatistics: getTimeSeriesServiceStatistics,
    GetTraceGraph: getTraceGraph,
    GetTraceSummaries: getTraceSummaries,
    ListResourcePolicies: listResourcePolicies,
    ListTagsForResource: listTagsForResource,
    PutEncryptionConfig: putEncryptionConfig,
    PutResourcePolicy: putResourcePolicy,
    PutTelemetryRecords: putTelemetryRecords,
    PutTraceSegments: putTraceSegments,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateGroup: updateGroup,
    UpdateSamplingRule: updateSamplingRule,
  },
  iam,
  resources: [groupType, resourcePolicyType, samplingRuleType],
});
