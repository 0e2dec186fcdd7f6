import { createHash } from "node:crypto";
import { capacityView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { findTable } from "../find.ts";
import { pageAnswer } from "../items/answers.ts";
import { onlyExpressions, readProjection } from "../items/expressions.ts";
import { findIndex, pageUsage, readPage, readSelect, startKey } from "../items/reads.ts";
import { filterOf } from "../legacy/conditions.ts";
import { assertOneStyle } from "../legacy/exclusive.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const scan =
  ({ tables }: Pick<Room, "tables">): Operation<"Scan"> =>
  async (_ctx, input) => {
    assertOneStyle(input, {
      expressions: ["FilterExpression", "ProjectionExpression"],
      legacy: ["ScanFilter", "ConditionalOperator", "AttributesToGet"],
    });
    const belongs = segment(input.Segment, input.TotalSegments);
    const prepared = prepareExpressions(onlyExpressions(input));
    const start = input.ExclusiveStartKey && readItem(input.ExclusiveStartKey);
    const table = findTable({ tables }, input.TableName);
    const index = findIndex(table, input.IndexName);
    if (index && !index.local && input.ConsistentRead) {
      throw validationError("Consistent reads are not supported on global secondary indexes");
    }
    const projection = readProjection(prepared.projection, input.AttributesToGet);
    const page = readPage(tables, {
      table,
      index,
      range: start ? { gt: startKey(table, index, start) } : {},
      filter: prepared.filter ?? filterOf(input.ScanFilter, input.ConditionalOperator),
      projection,
      ...readSelect(input.Select, index, projection !== undefined),
      limit: input.Limit,
      ...(belongs ? { belongs } : {}),
    });
    return pageAnswer(page, {
      countsOnly: input.Select === "COUNT",
      capacity: capacityView(
        input.ReturnConsumedCapacity,
        table,
        pageUsage(page, index, input.ConsistentRead ?? false),
      ),
    });
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
