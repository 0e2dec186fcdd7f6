import { call, type Output } from "../../api/call.ts";
import type { Item, Value } from "./values.ts";

export type TableDescription = NonNullable<Output<"dynamodb", "DescribeTable">["Table"]>;

/** What somebody wants to see of a table. */
export interface Wanted {
  readonly index: string;
  /** Empty: everything is scanned. */
  readonly partition: string;
  readonly sortOperator: SortOperator;
  readonly sort: string;
  readonly filterName: string;
  readonly filterOperator: FilterOperator;
  readonly filter: string;
  readonly descending: boolean;
}

export const SORT_OPERATORS = ["=", "<", "<=", ">", ">=", "begins_with"] as const;
export type SortOperator = (typeof SORT_OPERATORS)[number];
export const FILTER_OPERATORS = [
  "=",
  "<>",
  "<",
  "<=",
  ">",
  ">=",
  "contains",
  "begins_with",
  "exists",
  "does not exist",
] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

export const EVERYTHING: Wanted = {
  index: "",
  partition: "",
  sortOperator: "=",
  sort: "",
  filterName: "",
  filterOperator: "=",
  filter: "",
  descending: false,
};

export interface Page {
  readonly items: readonly Item[];
  readonly scanned: number;
  readonly next: Item | undefined;
}

/** A first look comes at once; who wants more wants much. AWS ends a page at a megabyte anyway. */
const FIRST_PAGE_ITEMS = 100;
const PAGE_ITEMS = 1000;

/** The key of a table, or of one of its indexes. */
export const schemaOf = (table: TableDescription, index: string) => {
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return (indexes.find(({ IndexName }) => IndexName === index) ?? table).KeySchema ?? [];
};

export const indexNames = (table: TableDescription): readonly string[] =>
  [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])].map(
    ({ IndexName = "" }) => IndexName,
  );

/** One page of a query, or of a scan where no partition is named. */
export const readItems = async (table: TableDescription, wanted: Wanted, from: Item | undefined): Promise<Page> => {
  const names: Record<string, string> = {};
  const values: Record<string, Value> = {};
  const filter = filterExpression(wanted, names, values);
  const keys = keyExpression(table, wanted, names, values);
  const input = {
    TableName: table.TableName ?? "",
    Limit: from ? PAGE_ITEMS : FIRST_PAGE_ITEMS,
    ...(wanted.index ? { IndexName: wanted.index } : {}),
    ...(filter ? { FilterExpression: filter } : {}),
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
    ...(from ? { ExclusiveStartKey: from } : {}),
  };
  const page = keys
    ? await untyped("Query", { ...input, KeyConditionExpression: keys, ScanIndexForward: !wanted.descending })
    : await untyped("Scan", input);
  return { items: page.Items ?? [], scanned: page.ScannedCount ?? 0, next: page.LastEvaluatedKey };
};

interface RawPage {
  readonly Items?: readonly Item[];
  readonly ScannedCount?: number;
  readonly LastEvaluatedKey?: Item;
}

/** Attribute values are a union of ten shapes to the SDK's types; here they are data. */
export const untyped = async (
  operation: "Query" | "Scan" | "PutItem" | "DeleteItem",
  input: object,
): Promise<RawPage> => (await call("dynamodb", operation, input as never)) as RawPage;

const keyExpression = (
  table: TableDescription,
  wanted: Wanted,
  names: Record<string, string>,
  values: Record<string, Value>,
) => {
  if (wanted.partition === "") return undefined;
  const [hash, range] = schemaOf(table, wanted.index);
  names["#pk"] = hash?.AttributeName ?? "";
  values[":pk"] = typed(table, hash?.AttributeName ?? "", wanted.partition);
  if (!range || wanted.sort === "") return "#pk = :pk";
  names["#sk"] = range.AttributeName ?? "";
  values[":sk"] = typed(table, range.AttributeName ?? "", wanted.sort);
  return `#pk = :pk AND ${wanted.sortOperator === "begins_with" ? "begins_with(#sk, :sk)" : `#sk ${wanted.sortOperator} :sk`}`;
};

/** Keys have declared types. */
const typed = (table: TableDescription, name: string, text: string): Value => {
  const type = table.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? "S";
  return { [type]: text };
};

const filterExpression = (
  { filterName, filterOperator, filter }: Wanted,
  names: Record<string, string>,
  values: Record<string, Value>,
) => {
  if (filterName === "") return undefined;
  names["#f"] = filterName;
  if (filterOperator === "exists") return "attribute_exists(#f)";
  if (filterOperator === "does not exist") return "attribute_not_exists(#f)";
  // Other attributes may be of any type: a number is looked for as a number and as a text.
  values[":f"] = { S: filter };
  const numeric = filter.trim() !== "" && Number.isFinite(Number(filter)) && filterOperator !== "begins_with";
  if (numeric) values[":n"] = { N: filter.trim() };
  const compare = (value: string) =>
    filterOperator === "contains" || filterOperator === "begins_with"
      ? `${filterOperator}(#f, ${value})`
      : `#f ${filterOperator} ${value}`;
  if (!numeric) return compare(":f");
  return filterOperator === "<>" ? `${compare(":f")} AND ${compare(":n")}` : `(${compare(":f")} OR ${compare(":n")})`;
};
