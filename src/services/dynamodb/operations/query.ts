import { capacityView } from "../capacity.ts";
import { validationError } from "../errors.ts";
import type { Condition, Operand } from "../expressions/ast.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { findTable } from "../find.ts";
import { pageAnswer } from "../items/answers.ts";
import { onlyExpressions, readProjection } from "../items/expressions.ts";
import { keyAttributes } from "../items/keys.ts";
import { findIndex, pageUsage, partitionRange, readPage, readSelect, startKey } from "../items/reads.ts";
import { encodeKey } from "../keys/encode.ts";
import { sortRangeOf } from "../keys/keyRange.ts";
import { type KeySchema, selectKey } from "../keys/selectKey.ts";
import { filterOf, keyConditionsOf } from "../legacy/conditions.ts";
import { assertOneStyle } from "../legacy/exclusive.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

export const query =
  ({ tables }: Pick<Room, "tables">): Operation<"Query"> =>
  async (_ctx, input) => {
    assertOneStyle(input, {
      expressions: ["KeyConditionExpression", "FilterExpression", "ProjectionExpression"],
      legacy: ["KeyConditions", "QueryFilter", "ConditionalOperator", "AttributesToGet"],
    });
    const prepared = prepareExpressions(onlyExpressions(input));
    const conditions = prepared.keyConditions ?? (input.KeyConditions && keyConditionsOf(input.KeyConditions));
    if (!conditions)
      throw validationError(
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
      );
    const filter = prepared.filter ?? filterOf(input.QueryFilter, input.ConditionalOperator);
    const start = input.ExclusiveStartKey && readItem(input.ExclusiveStartKey);
    const table = findTable({ tables }, input.TableName);
    const index = findIndex(table, input.IndexName);
    if (index && !index.local && input.ConsistentRead) {
      throw validationError("Consistent reads are not supported on global secondary indexes");
    }
    const schema = index?.key ?? table.key;
    if (filter) checkFilter(filter, schema);
    const selected = selectKey(conditions, schema);
    const projection = readProjection(prepared.projection, input.AttributesToGet);
    const page = readPage(tables, {
      table,
      index,
      range: partitionRange(encodeKey(selected.partition), selected.sort && sortRangeOf(selected.sort), {
        start: start && startKey(table, index, start),
        reverse: input.ScanIndexForward === false,
      }),
      filter,
      projection,
      ...readSelect(input.Select, index, projection !== undefined),
      limit: input.Limit,
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

/** AWS: a query's filter may not speak of the key that the query selects by. */
const checkFilter = (filter: Condition, schema: KeySchema): void => {
  const keys = new Set(keyAttributes(schema).map(({ name }) => name));
  for (const name of namesIn(filter)) {
    if (keys.has(name)) {
      throw validationError(
        `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`,
      );
    }
  }
};

const namesIn = (condition: Condition): readonly string[] => {
  switch (condition.kind) {
    case "and":
    case "or":
      return [...namesIn(condition.left), ...namesIn(condition.right)];
    case "not":
      return namesIn(condition.condition);
    case "compare":
      return [condition.left, condition.right].flatMap(namesOf);
    case "between":
      return [condition.operand, condition.low, condition.high].flatMap(namesOf);
    case "in":
      return [condition.operand, ...condition.others].flatMap(namesOf);
    case "exists":
      return [condition.path[0]];
    case "type":
      return namesOf(condition.operand);
    default:
      return [condition.operand, condition.part].flatMap(namesOf);
  }
};

const namesOf = (operand: Operand): readonly string[] => {
  if (operand.kind === "path") return [operand.path[0]];
  return operand.kind === "size" ? namesOf(operand.operand) : [];
};
