import { existsSync, readFileSync } from "node:fs";
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Command } from "commander";
import { findRunning } from "../cloudProcess.ts";
import { CliError } from "../failure.ts";
import { createOutput, type Output } from "../render/output.ts";
import { logPath, readCredentials, settingsFrom, withCloudOptions } from "../settings.ts";

export const registerLogs = (program: Command): void => {
  withCloudOptions(program.command("logs"))
    .argument("[groups...]", "log groups, or parts of their names; all when none is given")
    .description("Show the logs of builds and functions")
    .option("--cloud", "the cloud's own log")
    .option("--since <minutes>", "how far back", "60")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExamples:\n  aloft logs\n  aloft logs GetData --since 5\n  aloft logs --cloud")
    .action(async (groups: readonly string[], options) => {
      const output = createOutput(options.json === true);
      const { state } = settingsFrom(options);
      if (options.cloud) return showCloudLog(output, state);
      const running = await findRunning(state);
      const credentials = readCredentials(state);
      if (!running || !credentials) throw new CliError("No cloud runs here.", "aloft start");
      const client = new CloudWatchLogsClient({ region: running.region, endpoint: running.endpoint, credentials });
      const startTime = Date.now() - Number(options.since) * 60_000;
      const lines = (
        await Promise.all((await groupNames(client, groups)).map((group) => linesOf(client, group, startTime)))
      ).flat();
      lines.sort((a, b) => a.time - b.time);
      for (const { time, group, message } of lines)
        output.line(`${new Date(time).toISOString()} ${group} ${message.trimEnd()}`);
      output.result(lines);
    });
};

const showCloudLog = (output: Output, state: string): void => {
  const text = existsSync(logPath(state)) ? readFileSync(logPath(state), "utf8") : "";
  output.line(text.trimEnd());
  output.result({ log: text });
};

const groupNames = async (client: CloudWatchLogsClient, wanted: readonly string[]): Promise<readonly string[]> => {
  const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({}));
  const names = logGroups.map(({ logGroupName = "" }) => logGroupName);
  return wanted.length === 0
    ? names
    : names.filter((name) => wanted.some((part) => name.toLowerCase().includes(part.toLowerCase())));
};

interface LogLine {
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
    lines.push(...(page.events ?? []).map(({ timestamp = 0, message = "" }) => ({ time: timestamp, group, message })));
    nextToken = page.nextToken;
  } while (nextToken);
  return lines;
};
