import { ActionFailure } from "../../../engines/pipeline/runAction.ts";
import type { Job, Provide } from "../act/provider.ts";
import { POLL_MS } from "../limits.ts";

const MINUTE_MS = 60_000;

/** Without states of its own a rule wants an alarm that is not in ALARM. */
const WANTED = "OK,INSUFFICIENT_DATA";

/**
 * AWS: met as soon as the alarm is in one of the states that are wanted, for which it waits as long as it is told.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html
 */
export const cloudWatchAlarm: Provide = async (job) => {
  const { configuration, room, run, signal } = job;
  const { AlarmName = "", AlarmStates = WANTED, WaitTime = "0" } = configuration;
  const wanted = AlarmStates.split(",").map((state) => state.trim());
  const until = run.startedAt + Number(WaitTime) * MINUTE_MS;
  while (true) {
    const state = await stateOf(job, AlarmName);
    const summary = `Alarm ${AlarmName} is in the state ${state}`;
    if (wanted.includes(state)) return { status: "Succeeded", summary };
    const left = until - room.clock.now();
    if (!(left > 0)) return { status: "Failed", summary, error: { code: "JobFailed", message: summary } };
    await room.clock.sleep(Math.min(left, POLL_MS), signal);
  }
};

const stateOf = async ({ ctx }: Job, name: string): Promise<string> => {
  const { MetricAlarms = [], CompositeAlarms = [] } = await ctx.call("cloudwatch", "DescribeAlarms", {
    AlarmNames: [name],
    AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
  });
  const [alarm] = [...MetricAlarms, ...CompositeAlarms];
  if (!alarm?.StateValue) throw new ActionFailure("ConfigurationError", `The alarm ${name} does not exist.`);
  return alarm.StateValue;
};
