import type { AwsModels, OutputOf } from "../../../kernel/aws.ts";
import { pagesByPlace } from "../../../kernel/paging.ts";
import { invalidParameter } from "../errors.ts";
import { QUERIES_SHOWN } from "../limits.ts";
import type { QueryRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

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
const queryInfo = ({ id, groups, query, from, to, status, createdAt }: QueryRecord): QueryInfo => ({
  queryLanguage: "CWLI",
  queryId: id,
  queryString: `SOURCE ${groups.map((group) => JSON.stringify(group)).join(", ")} START=${from} END=${to} | ${query}`,
  status,
  createTime: createdAt,
  logGroupName: groups[0],
});
