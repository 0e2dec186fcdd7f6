import { createHash } from "node:crypto";
import { capacityView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { pathsIn } from "../expressions/pathsIn.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { findTable } from "../find.ts";
import { pageAnswer } from "../items/answers.ts";
import { checkAttributesToGet, onlyExpressions, projectionStyle, readProjection } from "../items/expressions.ts";
import { assertScalarKeys } from "../items/keyPaths.ts";
import { keyAttributes } from "../items/keys.ts";
import { checkProjected, checkSelect, findIndex, pageUsage, readPage, readSelect } from "../items/reads.ts";
import { checkStartNames, checkStartPiece, readStart, startKey } from "../items/startKey.ts";
import { filterOf } from "../legacy/conditions.ts";
import { assertOneStyle } from "../legacy/exclusive.ts";
import type { IndexRecord, TableRecord } from "../records.ts";
import type { Operation, Room } from "../room.ts";
import type { Item } from "../values/attributeValue.ts";

export const scan =
  ({ tables, budgets }: Pick<Room, "tables" | "budgets">): Operation<"Scan"> =>
  async (_ctx, input) => {
    const asked = readScan(input);
    const table = findTable({ tables }, input.TableName);
    const index = findIndex(table, input.IndexName);
    if (index && !index.local && input.ConsistentRead) {
      throw validationError("Consistent reads are not supported on global secondary indexes");
    }
    const { start, belongs } = asked;
    if (start) checkStart(table, index, start);
    checkSelect(input.Select, index, projectionStyle(input));
    const selection = readSelect(input.Select, index, projectionStyle(input));
    checkProjected(table, index, asked.shown, input.AttributesToGet);
    const from = start && startKey(table, index, start);
    if (from?.[0] && belongs && !belongs(from[0]))
      throw validationError(
        `The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: ${input.TotalSegments} Segment: ${input.Segment}`,
      );
    assertScalarKeys(table, asked.paths);
    const page = readPage(tables, {
      table,
      index,
      range: from ? { gt: from } : {},
      filter: asked.filter,
      projection: asked.projection,
      ...selection,
      limit: input.Limit,
      ...(belongs ? { belongs } : {}),
    });
    const usage = pageUsage(page, index, input.ConsistentRead ?? false);
    if (table.isThrottled) budgets.spend(table, "read", usage);
    return pageAnswer(page, {
      countsOnly: input.Select === "COUNT",
      capacity: capacityView(input.ReturnConsumedCapacity, table, usage, input.TableName),
    });
  };

type Input = Parameters<ReturnType<typeof scan>>[1];

/** What a scan asks for, looked at in AWS's order, before its table is. */
const readScan = (input: Input) => {
  assertOneStyle(input, {
    expressions: ["ProjectionExpression", "FilterExpression"],
    legacy: ["AttributesToGet", "ScanFilter", "ConditionalOperator"],
  });
  checkAttributesToGet(input.AttributesToGet);
  const legacyFilter = filterOf(input.ScanFilter, input.ConditionalOperator);
  const start = input.ExclusiveStartKey && readStart(input.ExclusiveStartKey);
  const belongs = segment(input.Segment, input.TotalSegments);
  const prepared = prepareExpressions(onlyExpressions(input), "named");
  return {
    start,
    belongs,
    filter: prepared.filter ?? legacyFilter,
    shown: prepared.projection ?? [],
    paths: [...(prepared.projection ?? []), ...(prepared.filter ? pathsIn(prepared.filter) : [])],
    projection: readProjection(prepared.projection, input.AttributesToGet),
  };
};

/** AWS is less exact where the start is an index's. */
const checkStart = (table: TableRecord, index: IndexRecord | undefined, start: Item): void => {
  if (!index) {
    // Names that are no key's are left over here, and refused with what a key lacks.
    if (Object.keys(start).length !== keyAttributes(table.key).length)
      throw validationError("The provided starting key is invalid: The provided key element does not match the schema");
    return;
  }
  checkStartNames(table, index, start);
  for (const [position, key] of keyAttributes(index.key).entries()) checkStartPiece(key, start, position === 0);
};

/** Which partitions are a segment's. A hash spreads them as DynamoDB's own does, evenly and always the same. */
const segment = (number: number | undefined, total: number | undefined) => {
  if (number === undefined && total === undefined) return undefined;
  if (total === undefined)
    throw validationError(
      "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
    );
  if (number === undefined)
    throw validationError(
      "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
    );
  if (number >= total) {
    throw validationError(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${number} is not less than TotalSegments: ${total}`,
    );
  }
  return (partition: Uint8Array) => createHash("md5").update(partition).digest().readUInt32BE() % total === number;
};
