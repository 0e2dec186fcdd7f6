import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import type { TestCloud } from "./harness.ts";

/** Makes an alarm of the name `errors`; gives the means to set its state. */
export const errorsAlarm = async (cloud: Pick<TestCloud, "client">) => {
  const cloudWatch = cloud.client(CloudWatchClient);
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: "errors",
      Namespace: "App",
      MetricName: "Errors",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
    }),
  );
  return (StateValue: "OK" | "ALARM") =>
    cloudWatch.send(new SetAlarmStateCommand({ AlarmName: "errors", StateValue, StateReason: "the test says so" }));
};
