import { loadSdk } from "./clients.ts";
import type { CommandLine } from "./commandLine.ts";
import { type Arity, splitKnown } from "./input/options.ts";
import { EXIT, usageError } from "./io.ts";

/** `aws logs tail GROUP [--since 10m] [--follow] [--format detailed|short] [--filter-pattern P] [--log-stream-names A B]` */
export const tailLogs = async (
  { words, globals, io }: CommandLine,
  names: (operation: string) => void,
): Promise<number> => {
  const { options, positional } = splitKnown(words, ARITY);
  const [group] = positional;
  if (group === undefined) throw usageError("the following arguments are required: group_name");
  names("FilterLogEvents");
  const sdk = await loadSdk("logs", globals, io);
  const one = (option: string) => options.get(option)?.[0];
  const isShort = one("format") === "short";
  const seen = new Set<string>();
  let startTime = io.now() - agoMs(one("since") ?? "10m");
  for (;;) {
    let nextToken: unknown;
    do {
      const page = await sdk.send("FilterLogEvents", {
        logGroupName: group,
        startTime,
        filterPattern: one("filter-pattern"),
        logStreamNames: options.get("log-stream-names"),
        logStreamNamePrefix: one("log-stream-name-prefix"),
        nextToken,
      });
      for (const event of eventsOf(page["events"])) {
        if (seen.has(event.eventId)) continue;
        seen.add(event.eventId);
        startTime = Math.max(startTime, event.timestamp);
        io.out(lineOf(event, isShort));
      }
      nextToken = page["nextToken"];
    } while (nextToken !== undefined);
    if (!options.has("follow")) return EXIT.ok;
    await io.sleep(POLL_MS);
  }
};

const ARITY: Readonly<Record<string, Arity>> = {
  since: "one",
  follow: "none",
  format: "one",
  "filter-pattern": "one",
  "log-stream-names": "many",
  "log-stream-name-prefix": "one",
};

const POLL_MS = 1_000;

interface LogEvent {
  readonly eventId: string;
  readonly timestamp: number;
  readonly logStreamName: string;
  readonly message: string;
}

const eventsOf = (events: unknown): readonly LogEvent[] =>
  (Array.isArray(events) ? events : []).map(({ eventId, timestamp, logStreamName, message }) => ({
    eventId: String(eventId),
    timestamp: Number(timestamp),
    logStreamName: String(logStreamName),
    message: String(message).replace(/\n$/, ""),
  }));

const lineOf = ({ timestamp, logStreamName, message }: LogEvent, isShort: boolean): string => {
  const time = new Date(timestamp).toISOString();
  if (isShort) return `${time.slice(0, 19)} ${message}\n`;
  return `${time.slice(0, -1)}000+00:00 ${logStreamName} ${message}\n`;
};

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

const agoMs = (since: string): number => {
  const [, count, unit = ""] = /^(\d+)([smhdw])$/.exec(since) ?? [];
  if (count === undefined) throw usageError(`argument --since: invalid value '${since}'`);
  return Number(count) * (UNITS_MS[unit] ?? 0);
};
