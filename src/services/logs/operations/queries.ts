import type { AwsModels, OutputOf } from "../../../kernel/aws.ts";
import { NotImplemented } from "../../../kernel/errors.ts";
import { pagesByPlace } from "../../../kernel/paging.ts";
import { invalidParameter, malformedQuery, queryGroupNotFound, queryNotFound } from "../errors.ts";
import { queriedGroups } from "../find.ts";
import { driveQuery } from "../insights/drive.ts";
import { readQuery } from "../insights/query.ts";
import { DEFAULT_LIMIT } from "../insights/runQuery.ts";
import { MalformedQuery } from "../insights/tokens.ts";
import { MAX_QUERIED_GROUPS, MAX_QUERY_PAGE, QUERIES_SHOWN } from "../limits.ts";
import type { QueryRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const startQuery =
  (room: Room): Operation<"StartQuery"> =>
  async (ctx, input) => {
    const { queryLanguage = "CWLI", startTime, endTime, queryString } = input;
    if (queryLanguage !== "CWLI") throw new NotImplemented(`Logs Insights queries in ${queryLanguage}`);
    const named = [input.logGroupName, input.logGroupNames, input.logGroupIdentifiers];
    if (named.filter((each) => each !== undefined).length !== 1)
      throw invalidParameter("Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be specified.");
    const groups = queriedGroups(input);
    if (groups.length === 0 || groups.length > MAX_QUERIED_GROUPS)
      throw invalidParameter(`A query must name from 1 to ${MAX_QUERIED_GROUPS} log groups.`);
    const missing = groups.find((group) => !room.groups.has(group));
    if (missing !== undefined) throw queryGroupNotFound(missing, ctx.account);
    if (endTime < startTime) throw invalidParameter("End time should not be less than start time");
    checkQuery(queryString);
    const query: QueryRecord = {
      id: room.ids.uuid(),
      groups,
      query: queryString,
      from: startTime * 1000,
      to: endTime * 1000 + 999,
      limit: input.limit ?? DEFAULT_LIMIT,
      createdAt: room.clock.now(),
      status: "Scheduled",
    };
    room.queries.put(query.id, query);
    driveQuery(room, ctx.account, query);
    return { queryId: query.id };
  };

const checkQuery = (query: string): void => {
  try {
    readQuery(query);
  } catch (error) {
    throw error instanceof MalformedQuery ? malformedQuery(error.message, error.start, error.end) : error;
  }
};

const findQuery = (room: Room, id: string | undefined): QueryRecord => {
  const query = room.queries.get(id ?? "");
  if (!query) throw queryNotFound(id ?? "");
  return query;
};

const isUnderWay = ({ status }: QueryRecord): boolean => status === "Scheduled" || status === "Running";

export const stopQuery =
  (room: Room): Operation<"StopQuery"> =>
  async (_ctx, { queryId }) => {
    const query = findQuery(room, queryId);
    if (!isUnderWay(query)) throw invalidParameter(`Query ${query.id} is not running: it is ${query.status}`);
    room.queries.put(query.id, { ...query, status: "Cancelled", endedAt: room.clock.now() });
    room.queriesUnderWay.get(query.id)?.abort(new Error("the query was stopped"));
    return { success: true };
  };

const resultsPage = pagesByPlace(() => invalidParameter("The specified nextToken is invalid."));

export const getQueryResults =
  (room: Room): Operation<"GetQueryResults"> =>
  async (ctx, { queryId, nextToken, maxItems }) => {
    const query = findQuery(room, queryId);
    // A query that the end of the process broke off begins again when somebody asks for it.
    if (isUnderWay(query) && !room.queriesUnderWay.has(query.id)) driveQuery(room, ctx.account, query);
    const { matched = 0, scanned = 0, bytes = 0 } = query.statistics ?? {};
    const page = resultsPage(room.queryResults.get(query.id) ?? [], nextToken, maxItems || MAX_QUERY_PAGE);
    return {
      queryLanguage: "CWLI",
      results: page.items.map((row) => row.map(([field, value]) => ({ field, value }))),
      statistics: {
        recordsMatched: matched,
        recordsScanned: scanned,
        estimatedRecordsSkipped: 0,
        bytesScanned: bytes,
        estimatedBytesSkipped: 0,
        logGroupsScanned: query.groups.length,
      },
      status: query.status,
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  };

type QueryInfo = NonNullable<OutputOf<AwsModels["logs"], "DescribeQueries">["queries"]>[number];

const shownPage = pagesByPlace(() => invalidParameter("The specified nextToken is invalid."));

export const describeQueries =
  (room: Room): Operation<"DescribeQueries"> =>
  async (_ctx, { logGroupName, status, maxResults, nextToken, queryLanguage }) => {
    const asked = [...room.queries.values()]
      .filter(({ groups }) => logGroupName === undefined || groups.includes(logGroupName))
      .filter((query) => status === undefined || query.status === status)
      .filter(() => queryLanguage === undefined || queryLanguage === "CWLI")
      .sort((a, b) => b.createdAt - a.createdAt);
    const page = shownPage(asked, nextToken, maxResults ?? QUERIES_SHOWN);
    return {
      queries: page.items.map(queryInfo),
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  };

/** AWS: a query is told with its source written out. */
const queryInfo = ({
  id,
  groups,
  query,
  from,
  to,
  status,
  createdAt,
  endedAt,
  statistics,
}: QueryRecord): QueryInfo => ({
  queryLanguage: "CWLI",
  queryId: id,
  queryString: `SOURCE ${groups.map((group) => JSON.stringify(group)).join(", ")} START=${from} END=${to} | ${query}`,
  status,
  createTime: createdAt,
  logGroupName: groups[0],
  ...(endedAt === undefined ? {} : { queryDuration: endedAt - createdAt }),
  ...(statistics === undefined ? {} : { bytesScanned: statistics.bytes }),
});
