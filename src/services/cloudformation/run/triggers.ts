import type { Context } from "../../../kernel/context.ts";
import { errorMessage } from "../../../kernel/errors.ts";
import { validationError } from "../errors.ts";
import type { RollbackSettings } from "../records.ts";
import type { Room } from "../room.ts";

const POLL_MS = 5000;

/** Alarms watched while an operation runs. */
export interface TriggerWatch {
  /** Aborts when one of them goes off, or is not there. */
  readonly wentOff: AbortSignal;
  /** Waits out the time for which they are watched once all is made; throws when one goes off, or when given up. */
  monitor(givenUp: AbortSignal): Promise<void>;
  stop(): void;
}

/**
 * Watches a stack's rollback triggers. A crash begins the time after the operation anew.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-rollback-triggers.html
 */
export const watchTriggers = (
  { clock, deps }: Pick<Room, "clock" | "deps">,
  ctx: Context,
  { triggers, monitoringMinutes = 0 }: RollbackSettings,
  stopping: AbortSignal,
): TriggerWatch => {
  const off = new AbortController();
  const over = new AbortController();
  const ends = AbortSignal.any([stopping, over.signal, off.signal]);
  const check = async (): Promise<void> => {
    const reason = await faultOf(ctx, triggers).catch((error: unknown) => errorMessage(error));
    if (reason !== undefined) off.abort(validationError(reason));
  };
  if (triggers.length > 0) {
    deps.tasks.spawn("watch rollback triggers", async () => {
      while (!ends.aborted) {
        await check();
        await clock.sleep(POLL_MS, ends).catch(() => {});
      }
    });
  }
  return {
    wentOff: off.signal,
    monitor: async (givenUp) => {
      const signal = AbortSignal.any([stopping, givenUp, off.signal]);
      if (triggers.length > 0) await check();
      signal.throwIfAborted();
      if (monitoringMinutes > 0) await clock.sleep(monitoringMinutes * 60_000, signal);
    },
    stop: () => over.abort(new Error("the operation is over")),
  };
};

/** Why an operation must be turned around; undefined while all is well. */
const faultOf = async (ctx: Context, triggers: RollbackSettings["triggers"]): Promise<string | undefined> => {
  const names = triggers.map(({ arn }) => arn.split(":alarm:").at(-1) ?? arn);
  const { MetricAlarms = [], CompositeAlarms = [] } = await ctx.call("cloudwatch", "DescribeAlarms", {
    AlarmNames: names,
    AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
  });
  const states = new Map(
    [...MetricAlarms, ...CompositeAlarms].map(({ AlarmArn, StateValue }) => [AlarmArn, StateValue]),
  );
  // AWS: a trigger that is not there fails the whole operation.
  const missing = triggers.filter(({ arn }) => !states.has(arn)).map(({ arn }) => arn);
  if (missing.length > 0) return `The following rollback trigger(s) could not be found: [${missing.join(", ")}]. `;
  const alarming = triggers.filter(({ arn }) => states.get(arn) === "ALARM").map(({ arn }) => arn);
  if (alarming.length > 0) return `The following rollback trigger(s) are in ALARM state: [${alarming.join(", ")}]. `;
  return undefined;
};
