import { errorMessage } from "../kernel/errors.ts";
import type { Clients } from "./target.ts";

/** Enough for a compiler's complaint and what comes after it. */
const MAX_LINES = 30;

/** The last lines that a failed action left in its log, without what CodeBuild says of itself. */
export const logTail = async (clients: Clients, streamArn: string | undefined): Promise<readonly string[]> => {
  const [, logGroupName, logStreamName] = /:log-group:(.+):log-stream:(.+)$/.exec(streamArn ?? "") ?? [];
  if (logGroupName === undefined || logStreamName === undefined) return [];
  const client = await clients.logs();
  const { GetLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  try {
    const { events = [] } = await client.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: false }),
    );
    return events
      .map(({ message = "" }) => message.trimEnd())
      .filter((line) => !line.startsWith("[Container]"))
      .slice(-MAX_LINES);
  } catch (error) {
    return [`The log cannot be read: ${errorMessage(error)}`];
  }
};
