import type { DeploymentRecord } from "../records.ts";
import { Ended } from "./ended.ts";
import { current } from "./ledger.ts";
import type { Work } from "./work.ts";

/** Whether a deployment is to end when an alarm goes off. */
export const watchesAlarms = ({ alarms, rollsBack }: DeploymentRecord): boolean =>
  rollsBack === undefined && alarms?.enabled === true && (alarms.alarms?.length ?? 0) > 0;

/** Throws when an alarm of the deployment is on. https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-create-alarms.html */
export const checkAlarms = async ({ room, ctx, id }: Work): Promise<void> => {
  const deployment = current(room, id);
  if (!watchesAlarms(deployment)) return;
  const AlarmNames = (deployment.alarms?.alarms ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
  const active = await activeAlarms(ctx, AlarmNames, deployment.alarms?.ignorePollAlarmFailure ?? false);
  if (active.length === 0) return;
  throw new Ended("Stopped", {
    code: "ALARM_ACTIVE",
    message: `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: <${active.join(", ")}>`,
  });
};

const activeAlarms = async (ctx: Work["ctx"], AlarmNames: string[], ignoresFailure: boolean) => {
  try {
    const { MetricAlarms = [], CompositeAlarms = [] } = await ctx.call("cloudwatch", "DescribeAlarms", {
      AlarmNames,
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    });
    const all = [...MetricAlarms, ...CompositeAlarms];
    return all.flatMap(({ AlarmName = "", StateValue }) => (StateValue === "ALARM" ? [AlarmName] : []));
  } catch (error) {
    if (ignoresFailure) return [];
    throw error;
  }
};
