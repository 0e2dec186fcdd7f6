import { NotImplemented } from "../../../kernel/errors.ts";
import { invalidParameter, malformedQuery, queryGroupNotFound } from "../errors.ts";
import { queriedGroups } from "../find.ts";
import { driveQuery } from "../insights/drive.ts";
import { readQuery } from "../insights/query.ts";
import { DEFAULT_LIMIT } from "../insights/runQuery.ts";
import { MalformedQuery } from "../insights/tokens.ts";
import { MAX_QUERIED_GROUPS } from "../limits.ts";
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
