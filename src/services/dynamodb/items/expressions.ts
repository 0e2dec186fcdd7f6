import { invalidParameter, validationError } from "../errors.ts";
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

/** Throws when a put or a delete mixes both styles. */
export const assertConditionStyle = (input: ConditionParameters): void =>
  assertOneStyle(input, { expressions: ["ConditionExpression"], legacy: ["Expected", "ConditionalOperator"] });

/** The condition of a put or a delete. */
export const writeCondition = (input: ConditionParameters): Condition | undefined => {
  const prepared = prepareExpressions(onlyExpressions(input));
  return prepared.condition ?? expectedCondition(input.Expected, input.ConditionalOperator);
};

/** Throws when AttributesToGet names an attribute twice, or none. */
export const checkAttributesToGet = (names: readonly string[] | undefined): void => {
  if (names?.includes("")) throw validationError("Empty attribute name");
  const repeated = names?.find((name, position) => names.indexOf(name) !== position);
  if (repeated !== undefined) throw invalidParameter(`Duplicate value in attribute name: ${repeated}`);
};

/** By which parameter a read asks for a part of its items. */
export const projectionStyle = (input: {
  readonly ProjectionExpression?: string | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
}) => {
  if (input.ProjectionExpression !== undefined) return "ProjectionExpression";
  return input.AttributesToGet === undefined ? undefined : "AttributesToGet";
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
