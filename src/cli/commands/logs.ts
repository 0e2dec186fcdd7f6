import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Command } from "commander";
import { askClock } from "../cloudClock.ts";
import { cloudHere } from "../cloudHere.ts";
import { CliError } from "../failure.ts";
import { createOutput, type Output } from "../render/output.ts";
import { logPath, settingsFrom, UsageError, withCloudOptions } from "../settings.ts";

export const registerLogs = (program: Command): void => {
  withCloudOptions(program.command("logs"))
    .argument("[groups...]", "log groups, or parts of their names; all when none is given")
    .description("Show the logs of builds and functions")
    .option("--cloud", "the cloud's own log")
    .option("-f, --follow", "go on with what comes, until Ctrl+C")
    .option("--since <minutes>", "how far back, by the cloud's time", "60")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExamples:\n  aloft logs\n  aloft logs GetData --since 5\n  aloft logs -f\n  aloft logs --cloud",
    )
    .action(async (groups: readonly string[], options) => {
      const output = createOutput(options.json === true);
      if (options.cloud) return showCloudLog(output, settingsFrom(options).state);
      const minutes = minutesOf(options.since);
      const here = await cloudHere(options);
      const startTime = Date.parse((await askClock(here)).now) - minutes * 60_000;
      const client = new CloudWatchLogsClient(here.target);
      if (!options.follow) await checkNames(client, groups);
      const ending = options.follow ? untilEnded() : undefined;
      const lines = await linesSince(client, groups, startTime);
      for (const line of lines) output.line(shown(line));
      if (lines.length === 0 && !options.follow) output.line(`Nothing was logged in the last ${minutes} minutes.`);
      if (ending) await follow(client, groups, startTime, lines, { ending, show: (line) => output.line(shown(line)) });
      output.result(lines.map(({ id: _, ...line }) => line));
    });
};

const showCloudLog = (output: Output, state: string): void => {
  const text = existsSync(logPath(state)) ? readFileSync(logPath(state), "utf8") : "";
  output.line(text.trimEnd());
  output.result({ log: text });
};

const shown = ({ time, group, message }: LogLine): string =>
  `${new Date(time).toISOString()} ${group} ${message.trimEnd()}`;

const linesSince = async (client: CloudWatchLogsClient, groups: readonly string[], startTime: number) => {
  const names = await groupNames(client, groups);
  const lines = (await Promise.all(names.map((group) => linesOf(client, group, startTime)))).flat();
  return lines.sort((a, b) => a.time - b.time);
};

const POLL_MS = 500;
/** Lines are looked for again for so long: what is logged at one time does not always arrive in its order. */
const OVERLAP_MS = 5000;

/** Aborts when the process is told to end: while the first lines are still being printed, too. */
const untilEnded = (): AbortSignal => {
  const ending = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"]) process.once(name, () => ending.abort());
  return ending.signal;
};

/** Shows what comes, until the process is told to end. */
const follow = async (
  client: CloudWatchLogsClient,
  groups: readonly string[],
  startTime: number,
  before: readonly LogLine[],
  { ending, show }: { readonly ending: AbortSignal; readonly show: (line: LogLine) => void },
): Promise<void> => {
  let known = new Map(before.map((line) => [line.id, line.time]));
  while (!ending.aborted) {
    await sleep(POLL_MS, undefined, { signal: ending }).catch(() => undefined);
    const newest = Math.max(startTime, ...known.values());
    const since = Math.max(startTime, newest - OVERLAP_MS);
    for (const line of await linesSince(client, groups, since)) {
      if (!known.has(line.id)) show(line);
      known.set(line.id, line.time);
    }
    known = new Map([...known].filter(([, time]) => time >= since));
  }
};

const minutesOf = (text: string): number => {
  const minutes = Number(text);
  if (!(minutes >= 0)) throw new UsageError(`--since takes a number of minutes, not ${text}.`);
  return minutes;
};

/** Who follows may name what is yet to be; who does not would wait for nothing. */
const checkNames = async (client: CloudWatchLogsClient, wanted: readonly string[]): Promise<void> => {
  for (const part of wanted)
    if ((await groupNames(client, [part])).length === 0)
      throw new CliError(`No log group has ${part} in its name.`, `aloft logs ${part} --follow   # waits for one`);
};

const groupNames = async (client: CloudWatchLogsClient, wanted: readonly string[]): Promise<readonly string[]> => {
  const names: string[] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {}))
    names.push(...logGroups.map(({ logGroupName = "" }) => logGroupName));
  return wanted.length === 0
    ? names
    : names.filter((name) => wanted.some((part) => name.toLowerCase().includes(part.toLowerCase())));
};

interface LogLine {
  readonly id: string;
  readonly time: number;
  readonly group: string;
  readonly message: string;
}

const linesOf = async (client: CloudWatchLogsClient, group: string, startTime: number): Promise<LogLine[]> => {
  const lines: LogLine[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new FilterLogEventsCommand({ logGroupName: group, startTime, ...(nextToken ? { nextToken } : {}) }),
    );
    lines.push(
      ...(page.events ?? []).map(({ eventId = "", timestamp = 0, message = "" }) => ({
        id: eventId,
        time: timestamp,
        group,
        message,
      })),
    );
    nextToken = page.nextToken;
  } while (nextToken);
  return lines;
};
