import type { IncludeExecutionDataOption } from "@aws-sdk/client-pipes";
import { errorMessage, isRefusal } from "../../../kernel/errors.ts";
import { rootOf } from "../../../kernel/principal.ts";
import { MAX_LOG_RECORD_BYTES } from "../limits.ts";
import type { PipeRecord } from "../records.ts";
import type { Room } from "../room.ts";
import type { Exchange } from "./exchange.ts";
import type { FailureDocument } from "./failure.ts";
import { groupIn, putLines } from "./logLines.ts";

type Level = "ERROR" | "INFO" | "TRACE";

interface Step extends Exchange {
  readonly payload?: string;
  readonly error?: FailureDocument;
}

/** What a pipe's log is told of one execution. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-logs.html */
export interface Journal {
  note(level: Level, messageType: string, step?: Step): void;
  /** Sends what has been noted, in the background. */
  close(): void;
}

const RANKS: Readonly<Record<string, number>> = { OFF: 0, ERROR: 1, INFO: 2, TRACE: 3 };

const SILENT: Journal = { note: () => {}, close: () => {} };

export const openJournal = (room: Room, pipe: PipeRecord, executionId: string): Journal => {
  const { Level: level = "OFF", CloudwatchLogsLogDestination, IncludeExecutionData = [] } = pipe.logging ?? {};
  const logGroupName = groupIn(CloudwatchLogsLogDestination?.LogGroupArn ?? "");
  const rank = RANKS[level] ?? 0;
  if (rank === 0 || logGroupName === "") return SILENT;
  const lines: { timestamp: number; message: string }[] = [];
  return {
    note: (logLevel, messageType, step = {}) => {
      if ((RANKS[logLevel] ?? 0) > rank) return;
      const timestamp = room.clock.now();
      const record = { resourceArn: pipe.arn, timestamp, executionId, messageType, logLevel };
      const { error } = step;
      lines.push({
        timestamp,
        message: JSON.stringify({ ...record, ...dataOf(step, IncludeExecutionData), ...(error ? { error } : {}) }),
      });
    },
    close: () => {
      if (lines.length > 0) send(room, pipe, logGroupName, lines);
    },
  };
};

/** AWS: events, requests and answers are logged on request only, and cut where the record would be too long. */
const dataOf = ({ payload, request, response }: Step, included: readonly IncludeExecutionDataOption[]) => {
  if (!included.includes("ALL")) return {};
  const given = Object.entries({ payload, awsRequest: request, awsResponse: response }).flatMap(([name, text]) =>
    text === undefined ? [] : [{ name, text }],
  );
  const most = Math.floor(MAX_LOG_RECORD_BYTES / 4);
  const cut = given.filter(({ text }) => text.length > most).map(({ name }) => name);
  return {
    ...Object.fromEntries(given.map(({ name, text }) => [name, text.slice(0, most)])),
    ...(cut.length > 0 ? { truncatedFields: cut } : {}),
  };
};

const send = (
  room: Room,
  { name }: PipeRecord,
  logGroupName: string,
  logEvents: { timestamp: number; message: string }[],
): void =>
  room.tasks.spawn(`log of the pipe ${name}`, async () => {
    const ctx = room.contextAs(rootOf(room.account, room.partition));
    try {
      await putLines(ctx, { logGroupName, logStreamName: `pipes/${name}`, logEvents });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // AWS: a pipe goes on when its log cannot be written; whoever runs the cloud hears of it.
      process.stderr.write(`aloft: the pipe ${name} could not log to ${logGroupName}: ${errorMessage(error)}\n`);
    }
  });
