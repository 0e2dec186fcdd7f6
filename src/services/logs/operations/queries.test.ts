import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteQueryDefinitionCommand,
  DescribeQueriesCommand,
  DescribeQueryDefinitionsCommand,
  GetLogGroupFieldsCommand,
  GetLogRecordCommand,
  GetQueryResultsCommand,
  ListLogGroupsCommand,
  type ListLogGroupsCommandInput,
  PutLogEventsCommand,
  PutQueryDefinitionCommand,
  StartQueryCommand,
  type StartQueryCommandInput,
  StopQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type TestCloud, testCloud } from "../../../../test/harness.ts";
import { refusal } from "../../../../test/refusal.ts";

let cloud: TestCloud;
let logs: CloudWatchLogsClient;

beforeEach(async () => {
  cloud = await testCloud();
  logs = cloud.client(CloudWatchLogsClient);
  for (const logGroupName of ["app", "other"]) {
    await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { name: logGroupName } }));
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: "one" }));
  }
  const timestamp = cloud.clock.now();
  const logEvents = [1, 2, 3].map((n) => ({
    timestamp: timestamp + n,
    message: JSON.stringify({ n, odd: n % 2 === 1 }),
  }));
  await logs.send(new PutLogEventsCommand({ logGroupName: "app", logStreamName: "one", logEvents }));
});
afterEach(() => cloud[Symbol.asyncDispose]());

const start = (queryString: string, more: Partial<StartQueryCommandInput> = { logGroupName: "app" }) => {
  const startTime = Math.floor(cloud.clock.now() / 1000) - 60;
  return logs.send(new StartQueryCommand({ startTime, endTime: startTime + 120, queryString, ...more }));
};

const ended = async (queryString: string, more?: Partial<StartQueryCommandInput>) => {
  const { queryId } = await start(queryString, more);
  await cloud.tasks.idle();
  return logs.send(new GetQueryResultsCommand({ queryId }));
};

describe("StartQuery and GetQueryResults", () => {
  test("answer rows, newest first, with what was scanned", async () => {
    const { results, status, statistics, queryLanguage } = await ended("fields n | filter odd = 1");
    expect({ status, queryLanguage }).toEqual({ status: "Complete", queryLanguage: "CWLI" });
    expect(results?.map((row) => row[0])).toEqual([
      { field: "n", value: "3" },
      { field: "n", value: "1" },
    ]);
    expect(statistics).toMatchObject({ recordsMatched: 2, recordsScanned: 3, logGroupsScanned: 1 });
    const logRecordPointer = results?.[0]?.find(({ field }) => field === "@ptr")?.value ?? "";
    const { logRecord } = await logs.send(new GetLogRecordCommand({ logRecordPointer }));
    expect(logRecord).toMatchObject({ n: "3", odd: "1", "@logStream": "one", "@message": '{"n":3,"odd":true}' });
  });

  test("count over several groups, and end a query that was stopped", async () => {
    const groups = { logGroupIdentifiers: ["app", "arn:aws:logs:us-east-1:123456789012:log-group:other"] };
    const { results, statistics } = await ended("stats count(*) as n by @log", groups);
    expect(results).toEqual([
      [
        { field: "@log", value: "123456789012:app" },
        { field: "n", value: "3" },
      ],
    ]);
    expect(statistics?.logGroupsScanned).toBe(2);
    const { queryId } = await start("fields n");
    await cloud.tasks.idle();
    expect(await refusal(logs.send(new StopQueryCommand({ queryId })))).toContain("InvalidParameterException");
  });

  test("begin anew after a crash, when their results are asked for", async () => {
    const { queryId } = await start("stats sum(n)");
    await cloud.tasks.interrupt("a crash");
    await logs.send(new GetQueryResultsCommand({ queryId }));
    await cloud.tasks.idle();
    const { results } = await logs.send(new GetQueryResultsCommand({ queryId }));
    expect(results).toEqual([[{ field: "sum(n)", value: "6" }]]);
  });

  test("refuse as AWS does", async () => {
    expect(await refusal(start("fields n", { logGroupName: "none" }))).toBe(
      "ResourceNotFoundException: Log group 'none' does not exist for account ID '123456789012'",
    );
    expect(await refusal(start("fields n", {}))).toContain("InvalidParameterException");
    expect(await refusal(start("fields n", { logGroupName: "app", endTime: 1 }))).toContain(
      "InvalidParameterException",
    );
    const malformed = start("fields n | nonsense");
    await expect(malformed).rejects.toMatchObject({
      name: "MalformedQueryException",
      queryCompileError: { location: { startCharOffset: 11, endCharOffset: 19 } },
    });
    expect(await refusal(start("fields n", { logGroupName: "app", queryLanguage: "SQL" }))).toContain("SQL");
    const queryId = "00000000-0000-0000-0000-000000000000";
    expect(await refusal(logs.send(new GetQueryResultsCommand({ queryId })))).toContain("ResourceNotFoundException");
    const logRecordPointer = "rubbish";
    expect(await refusal(logs.send(new GetLogRecordCommand({ logRecordPointer })))).toContain("InvalidParameter");
  });
});

test("queries are listed with their source written out", async () => {
  await ended("fields @message");
  const at = Math.floor(cloud.clock.now() / 1000) - 60;
  const { queries } = await logs.send(new DescribeQueriesCommand({ logGroupName: "app", status: "Complete" }));
  expect(queries).toMatchObject([
    {
      queryLanguage: "CWLI",
      logGroupName: "app",
      status: "Complete",
      queryString: `SOURCE "app" START=${at}000 END=${at + 120}999 | fields @message`,
    },
  ]);
  expect((await logs.send(new DescribeQueriesCommand({ status: "Scheduled" }))).queries).toEqual([]);
  expect((await logs.send(new DescribeQueriesCommand({ logGroupName: "other" }))).queries).toEqual([]);
});

test("queries are kept by name, changed and deleted", async () => {
  const query = { name: "errors", queryString: "filter @message like /ERROR/", logGroupNames: ["app"] };
  const { queryDefinitionId } = await logs.send(new PutQueryDefinitionCommand(query));
  await logs.send(new PutQueryDefinitionCommand({ ...query, queryDefinitionId, queryString: "fields n" }));
  expect(await refusal(logs.send(new PutQueryDefinitionCommand(query)))).toContain("InvalidParameterException");
  const listed = () => logs.send(new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: "err" }));
  expect((await listed()).queryDefinitions).toMatchObject([
    { queryDefinitionId, name: "errors", queryString: "fields n" },
  ]);
  expect(await logs.send(new DeleteQueryDefinitionCommand({ queryDefinitionId }))).toMatchObject({ success: true });
  expect((await listed()).queryDefinitions).toEqual([]);
  expect(await refusal(logs.send(new DeleteQueryDefinitionCommand({ queryDefinitionId })))).toContain(
    "ResourceNotFound",
  );
});

test("a group's fields are told with how many events have them", async () => {
  const { logGroupFields } = await logs.send(new GetLogGroupFieldsCommand({ logGroupName: "app" }));
  expect(logGroupFields).toContainEqual({ name: "odd", percent: 100 });
  expect(logGroupFields).toContainEqual({ name: "@message", percent: 100 });
});

test("groups are listed by patterns and tags", async () => {
  const names = async (input: ListLogGroupsCommandInput) =>
    ((await logs.send(new ListLogGroupsCommand(input))).logGroups ?? []).map(({ logGroupName }) => logGroupName);
  expect(await names({})).toEqual(["app", "other"]);
  expect(await names({ logGroupNamePattern: "^app|the" })).toEqual(["app", "other"]);
  expect(await names({ logGroupNamePattern: "^the" })).toEqual([]);
  expect(await names({ logGroupTags: [{ key: "name", values: ["other"] }] })).toEqual(["other"]);
  expect(await refusal(names({ logGroupNamePattern: "a b c" }))).toContain("InvalidParameterException");
});
