import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  TagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TEST_ACCOUNT, type TestCloud, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

let cloud: TestCloud;
let logs: CloudWatchLogsClient;
const group = "/aws/lambda/hello";

beforeEach(async () => {
  cloud = await testCloud();
  logs = cloud.client(CloudWatchLogsClient as never) as CloudWatchLogsClient;
  await logs.send(new CreateLogGroupCommand({ logGroupName: group, tags: { a: "1" } }));
  for (const logStreamName of ["one", "two"])
    await logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

const put = (logStreamName: string, events: readonly (readonly [number, string])[]) =>
  logs.send(
    new PutLogEventsCommand({
      logGroupName: group,
      logStreamName,
      logEvents: events.map(([offset, message]) => ({ timestamp: cloud.clock.now() + offset, message })),
    }),
  );

describe("shape", () => {
  test("groups and streams", async () => {
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws" }));
    const arn = `arn:aws:logs:us-east-1:${TEST_ACCOUNT}:log-group:${group}`;
    expect(logGroups).toEqual([
      {
        logGroupName: group,
        creationTime: cloud.clock.now(),
        metricFilterCount: 0,
        arn: `${arn}:*`,
        logGroupArn: arn,
        storedBytes: 0,
        logGroupClass: "STANDARD",
        deletionProtectionEnabled: false,
      },
    ]);
    await put("two", [[0, "x"]]);
    const byTime = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName: group, orderBy: "LastEventTime", descending: true }),
    );
    expect(byTime.logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(["two", "one"]);
    expect(byTime.logStreams?.[0]).toMatchObject({
      firstEventTimestamp: cloud.clock.now(),
      arn: `${arn}:log-stream:two`,
      storedBytes: 0,
    });
    const page = await logs.send(new DescribeLogStreamsCommand({ logGroupName: group, limit: 1 }));
    const rest = await logs.send(new DescribeLogStreamsCommand({ logGroupName: group, nextToken: page.nextToken }));
    expect([page, rest].map(({ logStreams }) => logStreams?.map((stream) => stream.logStreamName))).toEqual([
      ["one"],
      ["two"],
    ]);
  });

  test("of groups that a pattern finds, less is said", async () => {
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: group.slice(2) }));
    expect(logGroups?.map(({ logGroupName }) => logGroupName)).toContain(group);
    expect(logGroups?.[0]).not.toHaveProperty("storedBytes");
  });

  test("tags", async () => {
    const resourceArn = `arn:aws:logs:us-east-1:${TEST_ACCOUNT}:log-group:${group}`;
    await logs.send(new TagResourceCommand({ resourceArn, tags: { b: "2" } }));
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ a: "1", b: "2" });
  });
});

describe("refusals", () => {
  test("what is there already, what is not, and events out of order", async () => {
    expect(await refusal(logs.send(new CreateLogGroupCommand({ logGroupName: group })))).toBe(
      "ResourceAlreadyExistsException: The specified log group already exists",
    );
    expect(await refusal(logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: "no" })))).toBe(
      "ResourceNotFoundException: The specified log stream does not exist.",
    );
    expect(await refusal(logs.send(new DeleteLogGroupCommand({ logGroupName: "no" })))).toBe(
      "ResourceNotFoundException: The specified log group does not exist.",
    );
    expect(
      await refusal(logs.send(new DescribeLogStreamsCommand({ logGroupName: group, logGroupIdentifier: group }))),
    ).toBe("ValidationException: LogGroup name and LogGroup ARN are mutually exclusive parameters.");
    const long = "a".repeat(513);
    for (const creation of [
      logs.send(new CreateLogGroupCommand({ logGroupName: long })),
      logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: long })),
    ]) {
      expect(await refusal(creation)).toBe(
        "InvalidParameterException: Invalid LogGroup or LogStream, both must have length less than or equal to 512.",
      );
    }
    expect(
      await refusal(
        put("one", [
          [5, "b"],
          [1, "a"],
        ]),
      ),
    ).toBe("InvalidParameterException: Log events in a single PutLogEvents request must be in chronological order.");
    expect(
      await refusal(logs.send(new FilterLogEventsCommand({ logGroupName: group, filterPattern: "{ $.a = }" }))),
    ).toBe("InvalidParameterException: Invalid filter pattern");
  });

  test("events too old and too new are named and left out", async () => {
    const hours = 3_600_000;
    const result = await put("one", [
      [0, "kept"],
      [3 * hours, "future"],
    ]);
    expect(result.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
    const old = await put("one", [[-15 * 24 * hours, "past"]]);
    expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
  });
});

describe("behaviour", () => {
  test("GetLogEvents pages both ways over batches that overlap", async () => {
    await put("one", [
      [0, "a"],
      [10, "c"],
      [20, "e"],
    ]);
    await put("one", [
      [5, "b"],
      [15, "d"],
      [30, "f"],
    ]);
    const get = async (more: object) => {
      const page = await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: "one", ...more }));
      return { ...page, text: page.events?.map(({ message }) => message).join("") };
    };
    expect((await get({})).text).toBe("abcdef");
    const last = await get({ limit: 2 });
    expect(last.text).toBe("ef");
    const before = await get({ limit: 3, nextToken: last.nextBackwardToken });
    expect(before.text).toBe("bcd");
    expect((await get({ nextToken: before.nextForwardToken })).text).toBe("ef");
    const first = await get({ limit: 4, startFromHead: true });
    expect(first.text).toBe("abcd");
    const end = await get({ nextToken: (await get({ nextToken: first.nextForwardToken })).nextForwardToken });
    expect(end.text).toBe("");
    expect((await get({ nextToken: end.nextForwardToken })).nextForwardToken).toBe(end.nextForwardToken);
    expect(
      (await get({ startTime: cloud.clock.now() + 5, endTime: cloud.clock.now() + 20, startFromHead: true })).text,
    ).toBe("bcd");
  });

  test("FilterLogEvents interleaves streams and pages without gaps or repeats", async () => {
    await put(
      "one",
      Array.from({ length: 10 }, (_, i) => [i * 2, `one ${i}`] as const),
    );
    await put(
      "two",
      Array.from({ length: 10 }, (_, i) => [i * 2 + 1, `two ${i}`] as const),
    );
    const seen: string[] = [];
    const ids = new Set<string>();
    let nextToken: string | undefined;
    do {
      const page = await logs.send(new FilterLogEventsCommand({ logGroupName: group, limit: 7, nextToken }));
      for (const { message = "", eventId = "" } of page.events ?? []) {
        seen.push(message);
        ids.add(eventId);
      }
      nextToken = page.nextToken;
    } while (nextToken);
    expect(seen.slice(0, 4)).toEqual(["one 0", "two 0", "one 1", "two 1"]);
    expect([seen.length, ids.size]).toEqual([20, 20]);
    const some = await logs.send(
      new FilterLogEventsCommand({ logGroupName: group, filterPattern: '"two 3"', logStreamNamePrefix: "t" }),
    );
    expect(some.events?.map(({ message, logStreamName }) => [message, logStreamName])).toEqual([["two 3", "two"]]);
  });

  test("what is older than the group retains is not shown", async () => {
    await put("one", [[0, "old"]]);
    cloud.clock.advance(2 * 24 * 3_600_000);
    await put("one", [[0, "new"]]);
    await logs.send(new PutRetentionPolicyCommand({ logGroupName: group, retentionInDays: 1 }));
    const { events } = await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: "one" }));
    expect(events?.map(({ message }) => message)).toEqual(["new"]);
  });
});
