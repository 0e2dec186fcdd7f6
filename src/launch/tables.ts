import {
  DescribeTableCommand,
  DynamoDBClient,
  paginateListTables,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { LaunchFailed, LaunchMisused } from "./progress.ts";
import type { Target } from "./target.ts";

/** An item as JavaScript has it. */
export type Item = Readonly<Record<string, unknown>>;

/** A table, in one line. */
export interface TableSummary {
  readonly name: string;
  readonly status: string;
  readonly items: number;
  /** `pk (S)`, `pk (S), sk (N)` */
  readonly key: string;
  readonly indexes: readonly string[];
}

/** Items, and whether there are more than were asked for. */
export interface Page {
  readonly table: string;
  readonly items: readonly Item[];
  readonly more: boolean;
}

/** Tables and their items. */
export interface Tables {
  list(): Promise<readonly TableSummary[]>;
  scan(wanted: string, limit: number): Promise<Page>;
  /** Conditions such as `id=7` and `year>=2006`; the first is on the partition key. */
  query(wanted: string, conditions: readonly string[], limit: number, index?: string): Promise<Page>;
  get(wanted: string, key: readonly string[]): Promise<{ readonly table: string; readonly item: Item | undefined }>;
}

/** Opens the tables of a target. Everything throws LaunchFailed for a name that no table has, or a key that does not fit. */
export const openTables = ({ region, endpoint, credentials }: Target): Tables => {
  const client = new DynamoDBClient({
    region,
    ...(endpoint ? { endpoint } : {}),
    ...(credentials ? { credentials } : {}),
  });
  const documents = DynamoDBDocumentClient.from(client);
  const describe = async (name: string): Promise<TableDescription> =>
    (await client.send(new DescribeTableCommand({ TableName: name }))).Table ?? {};
  const names = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const { TableNames = [] } of paginateListTables({ client }, {})) found.push(...TableNames);
    return found;
  };
  const find = async (wanted: string) => describe(nameLike(await names(), wanted));
  return {
    list: async () => Promise.all((await names()).map(async (name) => summaryOf(await describe(name)))),
    scan: async (wanted, limit) => {
      const { TableName = "" } = await find(wanted);
      return gather(TableName, limit, (Limit, ExclusiveStartKey) =>
        documents.send(new ScanCommand({ TableName, Limit, ExclusiveStartKey })),
      );
    },
    query: async (wanted, conditions, limit, index) => {
      const read = conditions.map(readCondition);
      const table = await find(wanted);
      const { TableName = "" } = table;
      checkKey(table, index, read);
      const condition = keyCondition(table, read);
      return gather(TableName, limit, (Limit, ExclusiveStartKey) =>
        documents.send(
          new QueryCommand({
            TableName,
            ...condition,
            ...(index ? { IndexName: index } : {}),
            Limit,
            ExclusiveStartKey,
          }),
        ),
      );
    },
    get: async (wanted, key) => {
      const given = key.map(readCondition);
      const table = await find(wanted);
      const { TableName = "", KeySchema = [] } = table;
      const missing = KeySchema.filter(({ AttributeName }) => !given.some(({ name }) => name === AttributeName));
      if (missing.length > 0 || given.length > KeySchema.length || given.some(({ operator }) => operator !== "="))
        throw new LaunchFailed(
          `The key of ${TableName} is ${keyOf(table)}.`,
          `aloft tables get ${TableName} ${KeySchema.map(({ AttributeName }) => `${AttributeName}=…`).join(" ")}`,
        );
      const Key = Object.fromEntries(given.map(({ name, text }) => [name, typedValue(table, name, text)]));
      return { table: TableName, item: (await documents.send(new GetCommand({ TableName, Key }))).Item };
    },
  };
};

const nameLike = (names: readonly string[], wanted: string): string => {
  if (names.includes(wanted)) return wanted;
  const fitting = names.filter((name) => name.toLowerCase().includes(wanted.toLowerCase()));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  if (fitting.length > 1)
    throw new LaunchFailed(`${wanted} may be any of ${fitting.join(", ")}.`, `aloft tables ${only}`);
  throw new LaunchFailed(`There is no table ${wanted}.`, names.length > 0 ? "aloft tables" : "aloft launch");
};

const summaryOf = (table: TableDescription): TableSummary => ({
  name: table.TableName ?? "",
  status: table.TableStatus ?? "",
  items: table.ItemCount ?? 0,
  key: keyOf(table),
  indexes: [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])].map(
    ({ IndexName = "" }) => IndexName,
  ),
});

const keyOf = (table: TableDescription, schema = table.KeySchema ?? []): string =>
  schema.map(({ AttributeName = "" }) => `${AttributeName} (${typeOf(table, AttributeName)})`).join(", ");

/** A query names the whole partition key, and nothing beside the key. Throws LaunchFailed. */
const checkKey = (table: TableDescription, index: string | undefined, given: readonly Condition[]): void => {
  const { TableName = "", KeySchema = [], GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] } = table;
  const indexes = [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes];
  const schema = index === undefined ? KeySchema : indexes.find(({ IndexName }) => IndexName === index)?.KeySchema;
  if (!schema) throw new LaunchFailed(`${TableName} has no index ${index}.`, "aloft tables");
  const partition = schema.filter(({ KeyType }) => KeyType === "HASH").map(({ AttributeName = "" }) => AttributeName);
  const isWhole = partition.every((name) => given.some((each) => each.name === name && each.operator === "="));
  if (isWhole && given.every(({ name }) => schema.some(({ AttributeName }) => AttributeName === name))) return;
  const wish = [...partition.map((name) => `${name}=…`), ...(index === undefined ? [] : ["--index", index])].join(" ");
  throw new LaunchFailed(
    `The key of ${index === undefined ? TableName : `the index ${index} of ${TableName}`} is ${keyOf(table, schema)}.`,
    `aloft tables query ${TableName} ${wish}`,
  );
};

const typeOf = ({ AttributeDefinitions = [] }: TableDescription, name: string): string =>
  AttributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? "S";

interface Condition {
  readonly name: string;
  readonly operator: string;
  readonly text: string;
}

const OPERATORS: Readonly<Record<string, string>> = {
  "=": "=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  "^=": "^=",
};

const readCondition = (given: string): Condition => {
  const [, name = "", operator = "", text = ""] = /^([^=<>^]+)(<=|>=|\^=|=|<|>)([\s\S]*)$/.exec(given) ?? [];
  if (OPERATORS[operator] === undefined)
    throw new LaunchMisused(
      `${given} is no condition: write NAME=VALUE, or for a sort key <, <=, >, >= or ^= (begins with).`,
      "aloft tables --help",
    );
  return { name, operator, text };
};

/** Keys are typed: `7` is a number where the table says so, and text elsewhere. */
const typedValue = (table: TableDescription, name: string, text: string): unknown => {
  const type = typeOf(table, name);
  if (type === "B") return Buffer.from(text, "base64");
  if (type !== "N") return text;
  if (text.trim() === "" || Number.isNaN(Number(text)))
    throw new LaunchFailed(`${name} is a number, and ${text} is none.`, "aloft tables");
  return Number(text);
};

const keyCondition = (table: TableDescription, conditions: readonly Condition[]) => ({
  KeyConditionExpression: conditions
    .map(({ operator }, at) => (operator === "^=" ? `begins_with(#n${at}, :v${at})` : `#n${at} ${operator} :v${at}`))
    .join(" AND "),
  ExpressionAttributeNames: Object.fromEntries(conditions.map(({ name }, at) => [`#n${at}`, name])),
  ExpressionAttributeValues: Object.fromEntries(
    conditions.map(({ name, text }, at) => [`:v${at}`, typedValue(table, name, text)]),
  ),
});

interface Read {
  readonly Items?: Record<string, unknown>[] | undefined;
  readonly LastEvaluatedKey?: Record<string, unknown> | undefined;
}

const gather = async (
  table: string,
  limit: number,
  read: (limit: number, from: Record<string, unknown> | undefined) => Promise<Read>,
): Promise<Page> => {
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await read(limit - items.length, from);
    items.push(...Items);
    from = LastEvaluatedKey;
  } while (from && items.length < limit);
  return { table, items, more: from !== undefined };
};
