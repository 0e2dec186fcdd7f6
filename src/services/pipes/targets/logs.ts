import { groupIn, putLines } from "../execution/logLines.ts";
import { parameterOf } from "../execution/transform.ts";
import { momentOf } from "./bus.ts";
import type { Deliver } from "./delivery.ts";

export const toLogGroup: Deliver = async ({ room, ctx, pipe }, { arn, events, inputs }) => {
  const { LogStreamName, Timestamp } = pipe.targetParameters?.CloudWatchLogsParameters ?? {};
  const [first] = events;
  const named = first && parameterOf(LogStreamName, first);
  const logEvents = events
    .map((event, index) => {
      const at = momentOf(parameterOf(Timestamp, event) ?? "");
      const isTimed = Timestamp !== undefined && at !== undefined;
      return { timestamp: isTimed ? at.getTime() : room.clock.now(), message: inputs[index] ?? "" };
    })
    // CloudWatch takes what comes in the order of its times only.
    .sort((a, b) => a.timestamp - b.timestamp);
  await putLines(ctx, { logGroupName: groupIn(arn), logStreamName: named ?? `pipes/${pipe.name}`, logEvents });
  return { request: JSON.stringify(logEvents) };
};
