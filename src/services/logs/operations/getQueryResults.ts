import { pagesByPlace } from "../../../kernel/paging.ts";
import { invalidParameter } from "../errors.ts";
import { driveQuery } from "../insights/drive.ts";
import { findQuery, isUnderWay } from "../insights/find.ts";
import { MAX_QUERY_PAGE } from "../limits.ts";
import type { Operation, Room } from "../room.ts";

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
