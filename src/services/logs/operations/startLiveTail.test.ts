import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  StartLiveTailCommand,
  type StartLiveTailCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TEST_ACCOUNT, TEST_REGION, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";
import { whileTimePasses } from "../../../../test/whileTimePasses.ts";
import { LIVE_TAIL_MS, MAX_LIVE_TAIL_EVENTS, MAX_LIVE_TAILS } from "../limits.ts";

const arnOf = (group: string) => `arn:aws:logs:${TEST_REGION}:${TEST_ACCOUNT}:log-group:${group}`;
const logGroupIdentifiers = [arnOf("app")];

let cloud: TestCloud;
let logs: CloudWatchLogsClient;

beforeEach(async () => {
  cloud = await testCloud();
  logs = cloud.client(CloudWatchLogsClient);
  for (const logGroupName of ["app", "other"]) {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    for (const logStreamName of ["web-1", "db-1"]) {
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    }
  }
});
afterEach(() => cloud[Symbol.asyncDispose]());

const write = (logGroupName: string, logStreamName: string, ...messages: readonly string[]) => {
  const timestamp = cloud.clock.now();
  const logEvents = messages.map((message) => ({ timestamp, message }));
  return logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
};

/** A session that has begun. */
const tail = async (more: Partial<StartLiveTailCommandInput> = {}) => {
  const { responseStream } = await logs.send(new StartLiveTailCommand({ logGroupIdentifiers, ...more }));
  const events = (responseStream ?? expect.fail("no stream"))[Symbol.asyncIterator]();
  const { value: first } = await events.next();
  /** The first update that shows anything. */
  const update = async () => {
    for (;;) {
      const { sessionUpdate } = (await whileTimePasses(cloud, events.next())).value;
      if (sessionUpdate.sessionResults.length > 0) return sessionUpdate;
    }
  };
  return { start: first.sessionStart, update, events };
};

test("a session says what it is, and shows what comes in", async () => {
  const { start, update } = await tail({ logEventFilterPattern: "ERROR" });
  expect(start).toMatchObject({ logGroupIdentifiers, logEventFilterPattern: "ERROR" });
  expect(start.sessionId).toMatch(/^[0-9a-f-]{36}$/);
  await write("other", "web-1", "ERROR elsewhere");
  await write("app", "web-1", "fine", "ERROR here");
  const timestamp = cloud.clock.now();
  expect(await update()).toEqual({
    sessionMetadata: { sampled: false },
    sessionResults: [
      {
        logGroupIdentifier: `${TEST_ACCOUNT}:app`,
        logStreamName: "web-1",
        message: "ERROR here",
        timestamp,
        ingestionTime: timestamp,
      },
    ],
  });
});

test("a session is of the streams it names, or whose names begin as it says", async () => {
  const named = await tail({ logStreamNames: ["db-1"] });
  const begun = await tail({ logStreamNamePrefixes: ["web"] });
  await write("app", "web-1", "w");
  await write("app", "db-1", "d");
  expect((await named.update()).sessionResults).toMatchObject([{ message: "d" }]);
  expect((await begun.update()).sessionResults).toMatchObject([{ message: "w" }]);
});

test("of more events than an update holds, a sample is shown", async () => {
  const { update } = await tail();
  await write("app", "web-1", ...Array.from({ length: 3 * MAX_LIVE_TAIL_EVENTS }, (_, at) => String(at)));
  const { sessionMetadata, sessionResults } = await update();
  expect(sessionMetadata).toEqual({ sampled: true });
  expect(sessionResults).toHaveLength(MAX_LIVE_TAIL_EVENTS);
  expect(sessionResults.at(-1).message).toBe(String(3 * MAX_LIVE_TAIL_EVENTS - 3));
});

test("a session ends after three hours, with an exception in its stream", async () => {
  const { events } = await tail();
  cloud.clock.advance(LIVE_TAIL_MS);
  const rest = async () => {
    while (!(await events.next()).done);
  };
  await expect(whileTimePasses(cloud, rest())).rejects.toMatchObject({ name: "SessionTimeoutException" });
});

test("refuses what is no group's ARN, groups that are not there, and streams of several groups", async () => {
  const start = (input: Partial<StartLiveTailCommandInput>) =>
    refusal(logs.send(new StartLiveTailCommand({ logGroupIdentifiers, ...input })));
  const invalid = /^InvalidParameterException: /;
  expect(await start({ logGroupIdentifiers: ["app"] })).toMatch(invalid);
  expect(await start({ logGroupIdentifiers: [`${arnOf("app")}:*`] })).toMatch(invalid);
  expect(await start({ logGroupIdentifiers: [arnOf("none")] })).toMatch(/^ResourceNotFoundException: /);
  expect(await start({ logStreamNames: ["a"], logStreamNamePrefixes: ["b"] })).toMatch(invalid);
  const both = [arnOf("app"), arnOf("other")];
  expect(await start({ logGroupIdentifiers: both, logStreamNames: ["a"] })).toMatch(invalid);
  expect(await start({ logEventFilterPattern: "{ $.a" })).toMatch(invalid);
});

test("no more sessions are open at a time than AWS allows", async () => {
  for (let open = 0; open < MAX_LIVE_TAILS; open++) await tail();
  const another = logs.send(new StartLiveTailCommand({ logGroupIdentifiers }));
  expect(await refusal(another)).toBe("LimitExceededException: Resource limit exceeded.");
});
