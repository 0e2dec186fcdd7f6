import { parseArn } from "../../../kernel/arn.ts";
import type { Context } from "../../../kernel/context.ts";
import { errorCode, errorMessage } from "../../../kernel/errors.ts";
import { rootOf } from "../../../kernel/principal.ts";
import { executionArn } from "../arns.ts";
import type { ExecutionRecord, HistoryRecord, Revision } from "../records.ts";
import type { Room } from "../room.ts";

const ERRORS = /(Failed|TimedOut|Aborted)$/;
const FATAL = /^Execution(Failed|TimedOut|Aborted)$/;

const wanted = (level: string, { type }: HistoryRecord): boolean => {
  if (level === "ALL") return true;
  if (level === "ERROR") return ERRORS.test(type) || type === "FailStateEntered";
  return level === "FATAL" && FATAL.test(type);
};

/** Where an execution's events are logged, as its machine says. https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
export const eventLog = (room: Room, execution: ExecutionRecord, { logging }: Revision) => {
  const group = parseArn(logging?.destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn ?? "")?.resource;
  const level = logging?.level ?? "OFF";
  const [, logGroupName] = group?.split(":") ?? [];
  let waiting: HistoryRecord[] = [];
  const logStreamName = `states/${execution.machine}/${new Date(execution.startedAt).toISOString().slice(0, 13)}/${room.deps.ids.hex(8)}`;
  return (event: HistoryRecord): void => {
    if (logGroupName === undefined || !wanted(level, event)) return;
    waiting.push(event);
    if (waiting.length > 1) return;
    room.deps.tasks.spawn(`log of ${execution.id}`, async () => {
      await room.deps.records.committed();
      const events = waiting;
      waiting = [];
      const logEvents = events.map((each) => ({
        timestamp: each.at,
        message: JSON.stringify(lineOf(room, execution, each, logging?.includeExecutionData === true)),
      }));
      await put(room, { logGroupName, logStreamName, logEvents });
    });
  };
};

/** Data that is logged only on request. */
const DATA = ["input", "output", "parameters", "inputDetails", "outputDetails", "assignedVariables"];

const lineOf = ({ deps }: Room, execution: ExecutionRecord, event: HistoryRecord, withData: boolean) => ({
  id: String(event.id),
  type: event.type,
  details: Object.fromEntries(Object.entries(event.details ?? {}).filter(([name]) => withData || !DATA.includes(name))),
  redrive_count: String(execution.redriveCount),
  previous_event_id: String(event.previous),
  event_timestamp: String(event.at),
  execution_arn: executionArn(deps, execution),
});

interface Lines {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents: { timestamp: number; message: string }[];
}

const put = async ({ deps }: Room, lines: Lines): Promise<void> => {
  const ctx = deps.contextAs(rootOf(deps.account, deps.partition));
  try {
    await created(ctx, lines);
    await ctx.call("logs", "PutLogEvents", lines);
  } catch (error) {
    // AWS: an execution goes on when its log cannot be written; whoever runs the cloud hears of it.
    process.stderr.write(`aloft: Step Functions could not log to ${lines.logGroupName}: ${errorMessage(error)}\n`);
  }
};

const created = async (ctx: Context, { logGroupName, logStreamName }: Lines): Promise<void> => {
  try {
    await ctx.call("logs", "CreateLogStream", { logGroupName, logStreamName });
  } catch (error) {
    if (errorCode(error) !== "ResourceAlreadyExistsException") throw error;
  }
};
