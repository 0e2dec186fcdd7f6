import * as model from "@aws-sdk/client-cloudwatch";
import { defineService } from "../../kernel/rooms.ts";
import { resumeActions } from "./alarms/actions.ts";
import { watch } from "./alarms/watch.ts";
import constraints from "./constraints.generated.json" with { type: "json" };
import { iam } from "./iam.ts";
import {
  deleteAlarms,
  describeAlarmHistory,
  disableAlarmActions,
  enableAlarmActions,
  setAlarmState,
} from "./operations/alarms.ts";
import { deleteDashboards, getDashboard, listDashboards, putDashboard } from "./operations/dashboards.ts";
import { describeAlarms, describeAlarmsForMetric } from "./operations/describeAlarms.ts";
import { getMetricData } from "./operations/getMetricData.ts";
import { getMetricStatistics } from "./operations/getMetricStatistics.ts";
import { listMetrics } from "./operations/listMetrics.ts";
import { putCompositeAlarm } from "./operations/putCompositeAlarm.ts";
import { putMetricAlarm } from "./operations/putMetricAlarm.ts";
import { putMetricData } from "./operations/putMetricData.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";
import { alarmType } from "./resources/alarm.ts";
import { compositeAlarmType } from "./resources/compositeAlarm.ts";
import { dashboardType } from "./resources/dashboard.ts";
import { openRoom, type Room } from "./room.ts";

/** Amazon CloudWatch: metrics, alarms and dashboards. */
export default defineService<Room, "cloudwatch">({
  name: "cloudwatch",
  model,
  scope: "region",
  constraints,
  validationErrorCode: "ValidationError",
  open: openRoom,
  operations: {
    DeleteAlarms: deleteAlarms,
    DeleteDashboards: deleteDashboards,
    DescribeAlarmHistory: describeAlarmHistory,
    DescribeAlarms: describeAlarms,
    DescribeAlarmsForMetric: describeAlarmsForMetric,
    DisableAlarmActions: disableAlarmActions,
    EnableAlarmActions: enableAlarmActions,
    GetDashboard: getDashboard,
    GetMetricData: getMetricData,
    GetMetricStatistics: getMetricStatistics,
    ListDashboards: listDashboards,
    ListMetrics: listMetrics,
    ListTagsForResource: listTagsForResource,
    PutCompositeAlarm: putCompositeAlarm,
    PutDashboard: putDashboard,
    PutMetricAlarm: putMetricAlarm,
    PutMetricData: putMetricData,
    SetAlarmState: setAlarmState,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
  iam,
  resources: [alarmType, compositeAlarmType, dashboardType],
  resume: (room) => {
    resumeActions(room);
    watch(room);
  },
});
