import type { FleetSortByType, SortOrderType } from "@aws-sdk/client-codebuild";

/** What is listed by the ARNs of its kind. */
interface Listed {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** The ARNs in the order that is asked for; by name, the first first, where nothing is. */
export const arnsInOrder = (
  all: readonly Listed[],
  sortBy: FleetSortByType = "NAME",
  sortOrder: SortOrderType = "ASCENDING",
): readonly string[] => {
  const arns = [...all].sort((a, b) => compare(a, b, sortBy)).map(({ arn }) => arn);
  return sortOrder === "DESCENDING" ? arns.reverse() : arns;
};

const compare = (a: Listed, b: Listed, sortBy: FleetSortByType): number => {
  if (sortBy === "CREATED_TIME") return a.createdAt - b.createdAt;
  if (sortBy === "LAST_MODIFIED_TIME") return a.modifiedAt - b.modifiedAt;
  return a.name < b.name ? -1 : 1;
};
