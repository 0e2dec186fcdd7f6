import { readUnits, totalUsage, type Usage } from "../capacity.ts";
import { validationError } from "../errors.ts";
import type { Path } from "../expressions/ast.ts";
import { satisfies } from "../expressions/evaluateCondition.ts";
import { valueAt } from "../expressions/valueAt.ts";
import { findTable } from "../find.ts";
import { keyFromParameter } from "../items/keys.ts";
import {
  checkProjected,
  findIndex,
  type Page,
  type PageRequest,
  pageUsage,
  partitionRange,
  readPage,
} from "../items/reads.ts";
import { startKey } from "../items/startKey.ts";
import { readStored } from "../items/store.ts";
import { encodeKey } from "../keys/encode.ts";
import { sortRangeOf } from "../keys/keyRange.ts";
import type { KeySchema } from "../keys/selectKey.ts";
import { PAGE_PARTITIONS } from "../limits.ts";
import type { IndexRecord, TableRecord } from "../records.ts";
import type { Room } from "../room.ts";
import { type Item, itemOf } from "../values/attributeValue.ts";
import type { Select } from "./ast.ts";
import { fullKeyOf, type Plan, planOf } from "./plan.ts";

/** Where a page ended: in which of the statement's partitions, after which item. */
export interface Position {
  readonly partition: number;
  readonly key: Item | undefined;
}

export interface SelectOptions {
  readonly limit: number | undefined;
  readonly consistent: boolean;
  readonly start: Position | undefined;
}

export interface Selected {
  readonly table: TableRecord;
  readonly items: readonly Item[];
  readonly usage: Usage;
  readonly next: Position | undefined;
}

type SelectRoom = Pick<Room, "tables" | "budgets">;

/** Reads a page of what a SELECT finds. */
export const select = (room: SelectRoom, statement: Select, options: SelectOptions): Selected => {
  const table = findTable(room, statement.target.table);
  const index = indexOf(table, statement.target.index);
  if (index && !index.local && options.consistent)
    throw validationError("Consistent reads are not supported on global secondary indexes");
  checkProjected(table, index, statement.paths ?? []);
  const schema = index?.key ?? table.key;
  const plan = planOf(statement.where, schema);
  const reverse = checkOrder(statement, plan, schema);
  const { pages, next } = readPages(room, { statement, table, index, plan, reverse }, options);
  const usage = totalUsage(pages.map((page) => pageUsage(page, index, options.consistent)));
  if (table.isThrottled) room.budgets.spend(table, "read", usage);
  return {
    table,
    items: pages.flatMap((page) => page.items.map(({ item }) => shown(item, statement.paths))),
    usage,
    next,
  };
};

/** AWS: a statement's index that is not there is refused without its name. */
const indexOf = (table: TableRecord, name: string | undefined): IndexRecord | undefined => {
  if (name !== undefined && !table.indexes.some((index) => index.name === name))
    throw validationError("The table does not have the specified index");
  return findIndex(table, name);
};

interface Reading {
  readonly statement: Select;
  readonly table: TableRecord;
  readonly index: IndexRecord | undefined;
  readonly plan: Plan;
  readonly reverse: boolean;
}

/** Partition after partition, until the limit is reached, a page was cut at a megabyte or has been of as many as AWS reads. */
const readPages = (room: SelectRoom, reading: Reading, { limit, start }: SelectOptions) => {
  const pages: Page[] = [];
  const partitions = reading.plan.partitions ?? [undefined];
  const first = start?.partition ?? 0;
  let left = limit;
  for (let at = first; at < partitions.length; at++) {
    if (at === first + PAGE_PARTITIONS) return { pages, next: { partition: at, key: undefined } };
    const from = at === start?.partition ? start.key : undefined;
    const page = readPage(room.tables, requestOf(reading, at, from, left));
    pages.push(page);
    if (left !== undefined) left -= page.scanned;
    if (page.lastKey) return { pages, next: { partition: at, key: page.lastKey } };
    if (left === 0 && at + 1 < partitions.length) return { pages, next: { partition: at + 1, key: undefined } };
  }
  return { pages, next: undefined };
};

const requestOf = (
  { statement, table, index, plan, reverse }: Reading,
  at: number,
  from: Item | undefined,
  limit: number | undefined,
): PageRequest => {
  const partition = plan.partitions?.[at];
  const start = from && startKey(table, index, from);
  const whole = start ? { gt: start } : {};
  return {
    table,
    index,
    range: partition
      ? partitionRange(partition.map(encodeKey), plan.sort && sortRangeOf(plan.sort), { start, reverse })
      : whole,
    filter: plan.filter,
    projection: undefined,
    // AWS: a local index fetches from its table what a statement names and it does not hold.
    fetchesWhole: index?.local === true && index.projection.type !== "ALL" && statement.paths !== undefined,
    countsOnly: false,
    limit,
  };
};

/** Whether the order is backward. AWS orders by keys alone, and only within a partition. */
const checkOrder = ({ order }: Select, { partitions }: Plan, { partition, sort }: KeySchema): boolean => {
  if (order.length === 0) return false;
  if (!partitions)
    throw validationError(
      "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.",
    );
  const stray = order.find(({ name }) => name !== partition.name && name !== sort?.name);
  if (stray)
    throw validationError(`Variable reference ${stray.name} in ORDER BY clause must be part of the primary key`);
  return (order.find(({ name }) => name === sort?.name) ?? order[0])?.descending ?? false;
};

/** The one item a SELECT names by its whole key, as batches and transactions read. Throws when it does not. */
export const selectOne = (
  room: SelectRoom,
  statement: Select,
  {
    consistent,
    refusal,
    factor = 1,
  }: { readonly consistent: boolean; readonly refusal: string; readonly factor?: number },
) => {
  const table = findTable(room, statement.target.table);
  const full = statement.target.index === undefined ? fullKeyOf(statement.where, table.key) : undefined;
  if (!full) throw validationError(refusal);
  const stored = readStored(room.tables, table, keyFromParameter(table, full.key));
  const item = stored && (!full.condition || satisfies(stored.item, full.condition)) ? stored.item : undefined;
  const bytes = stored?.bytes ?? 0;
  const usage = { table: readUnits(bytes, consistent) };
  if (table.isThrottled) room.budgets.spend(table, "read", totalUsage([usage], factor));
  return { table, item: item && shown(item, statement.paths), bytes, usage };
};

/** What a projection shows of an item: each path's value under the path's last name. */
const shown = (item: Item, paths: readonly Path[] | undefined): Item =>
  paths === undefined
    ? item
    : itemOf(
        paths.flatMap((path) => {
          const value = valueAt(item, path);
          return value === undefined ? [] : [[lastName(path), value] as const];
        }),
      );

const lastName = (path: Path): string => {
  const at = path.findLastIndex((step) => typeof step === "string");
  return `${path[at] ?? ""}${path
    .slice(at + 1)
    .map((step) => `[${step}]`)
    .join("")}`;
};
