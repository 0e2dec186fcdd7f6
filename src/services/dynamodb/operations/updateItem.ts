import { listedRefusals } from "../errors.ts";
import type { Update } from "../expressions/ast.ts";
import { prepareExpressions } from "../expressions/prepare.ts";
import { project, projectionOf } from "../expressions/project.ts";
import { findTable } from "../find.ts";
import { oneItemAnswer } from "../items/answers.ts";
import { restOf } from "../items/collections.ts";
import { onlyExpressions } from "../items/expressions.ts";
import type { WriteRoom } from "../items/store.ts";
import { type StoredItem, toStore } from "../items/storedItem.ts";
import { runSingleWrite, updateOf, type WrittenItem } from "../items/writes.ts";
import { updateOf as legacyUpdate } from "../legacy/attributeUpdates.ts";
import { assertOneStyle } from "../legacy/exclusive.ts";
import { expectedCondition } from "../legacy/expected.ts";
import type { Operation } from "../room.ts";
import { readItem } from "../values/readValue.ts";

const EMPTY: Update = { actions: [], mismatch: "" };

export const updateItem =
  (room: WriteRoom): Operation<"UpdateItem"> =>
  async (_ctx, input) => {
    const { key, update, condition } = listedRefusals(() => readUpdate(input));
    const table = findTable(room, input.TableName);
    const write = updateOf(table, key, update, condition);
    const returnsOld = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
    const written = runSingleWrite(room, write, returnsOld);
    return oneItemAnswer(
      "Attributes",
      returned(input.ReturnValues, update, written),
      restOf(room, input, write, written.usage),
    );
  };

/** What an update asks for, looked at in AWS's order, before its table is. */
const readUpdate = (input: Parameters<ReturnType<typeof updateItem>>[1]) => {
  assertOneStyle(input, {
    expressions: ["UpdateExpression", "ConditionExpression"],
    legacy: ["AttributeUpdates", "Expected", "ConditionalOperator"],
  });
  const key = readItem(input.Key);
  const legacy = input.AttributeUpdates && legacyUpdate(input.AttributeUpdates);
  const expected = expectedCondition(input.Expected, input.ConditionalOperator);
  const prepared = prepareExpressions(onlyExpressions(input));
  return { key, update: prepared.update ?? legacy ?? EMPTY, condition: prepared.condition ?? expected };
};

const returned = (
  asked: string | undefined,
  update: Update,
  { before, after }: WrittenItem,
): StoredItem | undefined => {
  switch (asked) {
    case "ALL_OLD":
      return before;
    case "ALL_NEW":
      return after;
    case "UPDATED_OLD":
      return before && changedPart(update, before);
    case "UPDATED_NEW":
      return after && changedPart(update, after);
    default:
      return undefined;
  }
};

/** The attributes an update names, as far as the item has them. */
const changedPart = (update: Update, { item }: StoredItem): StoredItem | undefined => {
  const part = project(item, projectionOf(update.actions.map((action) => action.path)));
  return Object.keys(part).length > 0 ? toStore(part) : undefined;
};
