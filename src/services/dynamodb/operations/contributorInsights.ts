import { NotImplemented } from "../../../kernel/errors.ts";
import { findNamedTable } from "../find.ts";
import { findIndex } from "../items/reads.ts";
import type { Operation, Room } from "../room.ts";

type Insights = { readonly TableName: string; readonly IndexName?: string | undefined };

/** Contributor Insights are not built: they are off for every table, and cannot be switched on. */
const disabled = (room: Pick<Room, "tables">, { TableName, IndexName }: Insights) => {
  const table = findNamedTable(room, TableName);
  const index = findIndex(table, IndexName);
  return {
    TableName: table.name,
    ...(index ? { IndexName: index.name } : {}),
    ContributorInsightsStatus: "DISABLED" as const,
  };
};

export const describeContributorInsights =
  (room: Pick<Room, "tables">): Operation<"DescribeContributorInsights"> =>
  async (_ctx, input) =>
    disabled(room, input);

export const updateContributorInsights =
  (room: Pick<Room, "tables">): Operation<"UpdateContributorInsights"> =>
  async (_ctx, input) => {
    const answer = disabled(room, input);
    if (input.ContributorInsightsAction === "ENABLE") throw new NotImplemented("dynamodb: Contributor Insights");
    return answer;
  };

/** AWS lists what was ever switched on. */
export const listContributorInsights =
  (room: Pick<Room, "tables">): Operation<"ListContributorInsights"> =>
  async (_ctx, { TableName }) => {
    if (TableName !== undefined) findNamedTable(room, TableName);
    return { ContributorInsightsSummaries: [] };
  };
