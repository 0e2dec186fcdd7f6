import type { KeyRange } from "../../../store/records.ts";
import { capacityView } from "../capacity.ts";
import { listedRefusals, validationError } from "../errors.ts";
import { pathsIn } from "../expressions/pathsIn.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { findTable } from "../find.ts";
import { pageAnswer } from "../items/answers.ts";
import { checkAttributesToGet, onlyExpressions, projectionStyle, readProjection } from "../items/expressions.ts";
import { assertScalarKeys } from "../items/keyPaths.ts";
import { keyAttributes } from "../items/keys.ts";
import {
  checkProjected,
  checkSelect,
  findIndex,
  type PageRequest,
  pageUsage,
  partitionRange,
  readPage,
  readSelect,
} from "../items/reads.ts";
import { checkStartNames, checkStartPiece, checkStartWithin, readStart, startKey } from "../items/startKey.ts";
import { encodeKey } from "../keys/encode.ts";
import { sortRangeOf } from "../keys/keyRange.ts";
import { assertAny, type KeyDemand, selectKey } from "../keys/selectKey.ts";
import { filterOf, keyConditionsOf } from "../legacy/conditions.ts";
import { assertOneStyle } from "../legacy/exclusive.ts";
import type { IndexRecord, TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";

export const query =
  ({ tables, budgets }: Pick<Room, "tables" | "budgets">): Operation<"Query"> =>
  async (_ctx, input) => {
    const asked = readQuery(input);
    const table = findTable({ tables }, input.TableName);
    const index = findIndex(table, input.IndexName);
    if (index && !index.local && input.ConsistentRead) {
      throw validationError("Consistent reads are not supported on global secondary indexes");
    }
    const page = readPage(tables, {
      table,
      index,
      range: rangeOf(asked, table, index, input.ScanIndexForward === false),
      filter: asked.filter,
      projection: asked.projection,
      ...checkAgainst(asked, table, index, input),
      limit: input.Limit,
    });
    const usage = pageUsage(page, index, input.ConsistentRead ?? false);
    if (table.isThrottled) budgets.spend(table, "read", usage);
    return pageAnswer(page, {
      countsOnly: input.Select === "COUNT",
      capacity: capacityView(input.ReturnConsumedCapacity, table, usage, input.TableName),
    });
  };

type Input = Parameters<ReturnType<typeof query>>[1];

/** What a query asks for, looked at in AWS's order, before its table is. */
const readQuery = (input: Input) => {
  assertOneStyle(input, {
    expressions: ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"],
    legacy: ["AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"],
  });
  const legacyFilter = filterOf(input.QueryFilter, input.ConditionalOperator);
  checkAttributesToGet(input.AttributesToGet);
  const start = input.ExclusiveStartKey && readStart(input.ExclusiveStartKey);
  if (input.KeyConditions === undefined && input.KeyConditionExpression === undefined)
    throw validationError(
      "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
    );
  const prepared = prepareExpressions(onlyExpressions(input));
  const conditions: readonly KeyDemand[] = prepared.keyConditions ?? keyConditionsOf(input.KeyConditions ?? {});
  assertAny(conditions);
  return {
    conditions,
    start,
    filter: prepared.filter ?? legacyFilter,
    paths: prepared.projection ?? [],
    projection: readProjection(prepared.projection, input.AttributesToGet),
  };
};

type Asked = ReturnType<typeof readQuery>;

/** The entries to read. AWS looks at the start and at the conditions in turn. */
const rangeOf = (
  { conditions, start }: Asked,
  table: TableRecord,
  index: IndexRecord | undefined,
  reverse: boolean,
): KeyRange => {
  const schema = index?.key ?? table.key;
  if (start) checkStartNames(table, index, start);
  const selected = selectKey(conditions, schema, (key, isPartition) => {
    if (start) checkStartPiece(key, start, isPartition);
  });
  const from = start && startKey(table, index, start);
  if (start) checkStartWithin(start, schema, selected);
  return partitionRange(selected.fixed.map(encodeKey), selected.sort && sortRangeOf(selected.sort), {
    start: from,
    reverse,
  });
};

/** What is left to check once the table is known. */
const checkAgainst = (
  { filter, paths }: Asked,
  table: TableRecord,
  index: IndexRecord | undefined,
  input: Input,
): Pick<PageRequest, "countsOnly" | "fetchesWhole"> => {
  assertScalarKeys(table, paths);
  const filtered = filter ? pathsIn(filter) : [];
  // AWS: a query's filter may not speak of the key that the query selects by.
  const parameter = input.QueryFilter ? "QueryFilter" : "Filter Expression";
  for (const { name } of keyAttributes(index?.key ?? table.key)) {
    if (filtered.some(([head]) => head === name))
      throw validationError(`${parameter} can only contain non-primary key attributes: Primary key attribute: ${name}`);
  }
  listedRefusals(() => checkSelect(input.Select, index, projectionStyle(input)));
  const selection = readSelect(input.Select, index, projectionStyle(input));
  checkProjected(table, index, paths, input.AttributesToGet);
  assertScalarKeys(table, filtered);
  return selection;
};
