import type { Condition, Path } from "../expressions/ast.ts";
import { type ExpressionInput, prepareExpressions } from "../expressions/prepare.ts";
import { type Projection, projectionOf } from "../expressions/project.ts";
import type { ConditionalOperator } from "../legacy/conditions.ts";
import { assertOneStyle } from "../legacy/exclusive.ts";
import { type ExpectedInput, expectedCondition } from "../legacy/expected.ts";

/** The conditional parameters of a write, in either style. */
export interface ConditionParameters extends ExpressionInput {
  readonly Expected?: Readonly<Record<string, ExpectedInput>> | undefined;
  readonly ConditionalOperator?: ConditionalOperator | undefined;
}

/** The condition of a put or a delete. */
export const writeCondition = (input: ConditionParameters): Condition | undefined => {
  assertOneStyle(input, { expressions: ["ConditionExpression"], legacy: ["Expected", "ConditionalOperator"] });
  const prepared = prepareExpressions(onlyExpressions(input));
  return prepared.condition ?? expectedCondition(input.Expected, input.ConditionalOperator);
};

/** The projection of a read, in either style. */
export const readProjection = (
  paths: readonly Path[] | undefined,
  attributesToGet: readonly string[] | undefined,
): Projection | undefined => {
  if (paths) return projectionOf(paths);
  return attributesToGet ? projectionOf(attributesToGet.map((name): Path => [name])) : undefined;
};

/** The expression parameters alone: what else a request holds is none of theirs. */
export const onlyExpressions = (input: ExpressionInput): ExpressionInput => ({
  UpdateExpression: input.UpdateExpression,
  ConditionExpression: input.ConditionExpression,
  KeyConditionExpression: input.KeyConditionExpression,
  FilterExpression: input.FilterExpression,
  ProjectionExpression: input.ProjectionExpression,
  ExpressionAttributeNames: input.ExpressionAttributeNames,
  ExpressionAttributeValues: input.ExpressionAttributeValues,
});
