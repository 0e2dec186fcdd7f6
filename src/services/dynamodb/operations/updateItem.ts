import { capacityView } from "../capacity.ts";
import type { Update } from "../expressions/ast.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { project, projectionOf } from "../expressions/project.ts";
import { findTable } from "../find.ts";
import { itemAnswer } from "../items/answers.ts";
import { onlyExpressions } from "../items/expressions.ts";
import { checkReturnValues, runWrite, updateOf, type WrittenItem } from "../items/writes.ts";
import { updateOf as legacyUpdate } from "../legacy/attributeUpdates.ts";
import { assertOneStyle } from "../legacy/exclusive.ts";
import { expectedCondition } from "../legacy/expected.ts";
import type { Operation, Room } from "../room.ts";
import { readItem } from "../values/readValue.ts";

const EMPTY: Update = { actions: [], mismatch: "" };

export const updateItem =
  (room: Pick<Room, "tables" | "records">): Operation<"UpdateItem"> =>
  async (_ctx, input) => {
    checkReturnValues(input.ReturnValues, ["NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW"]);
    assertOneStyle(input, {
      expressions: ["UpdateExpression", "ConditionExpression"],
      legacy: ["AttributeUpdates", "Expected", "ConditionalOperator"],
    });
    const prepared = prepareExpressions(onlyExpressions(input));
    const update = prepared.update ?? (input.AttributeUpdates ? legacyUpdate(input.AttributeUpdates) : EMPTY);
    const condition = prepared.condition ?? expectedCondition(input.Expected, input.ConditionalOperator);
    const key = readItem(input.Key);
    const table = findTable(room, input.TableName);
    const write = updateOf(table, key, update, condition);
    const returnsOld = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
    const written = room.records.atomically(() => runWrite(room, write, returnsOld));
    const attributes = returned(input.ReturnValues, update, written);
    return {
      ...(attributes && Object.keys(attributes).length > 0 ? { Attributes: itemAnswer(attributes) } : {}),
      ...capacityView(input.ReturnConsumedCapacity, table, { write: written.units }),
    };
  };

const returned = (asked: string | undefined, update: Update, { before, after }: WrittenItem) => {
  const changed = projectionOf(update.actions.map((action) => action.path));
  switch (asked) {
    case "ALL_OLD":
      return before;
    case "ALL_NEW":
      return after;
    case "UPDATED_OLD":
      return before && project(before, changed);
    case "UPDATED_NEW":
      return after && project(after, changed);
    default:
      return undefined;
  }
};
