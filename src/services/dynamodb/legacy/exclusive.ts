import { validationError } from "../errors.ts";

/** The parameters that say the same in the new way and in the old way, in the order AWS lists them. */
export interface ParameterStyles<P extends string> {
  readonly expressions: readonly P[];
  readonly legacy: readonly P[];
}

/**
 * Throws ValidationException when a request mixes expressions with the parameters they replaced, or has placeholders
 * and nothing to use them in.
 */
export const assertOneStyle = <P extends string>(
  input: Readonly<Partial<Record<P | "ExpressionAttributeNames" | "ExpressionAttributeValues", unknown>>>,
  { expressions, legacy }: ParameterStyles<P>,
): void => {
  const isGiven = (parameter: P): boolean => input[parameter] !== undefined;
  const hasPlaceholders = input.ExpressionAttributeNames !== undefined || input.ExpressionAttributeValues !== undefined;
  if (!hasPlaceholders && !legacy.some(isGiven)) return;
  const given = expressions.filter(isGiven);
  // AWS: KeyConditions may go with expressions, as long as they are not a KeyConditionExpression.
  const old = legacy.filter(
    (parameter) =>
      isGiven(parameter) && !(parameter === "KeyConditions" && !given.some((it) => it === "KeyConditionExpression")),
  );
  if (given.length > 0 && old.length > 0)
    throw validationError(
      "Can not use both expression and non-expression parameters in the same request: " +
        `Non-expression parameters: {${old.join(", ")}} Expression parameters: {${given.join(", ")}}`,
    );
  if (input.ExpressionAttributeNames !== undefined && given.length === 0)
    throw validationError("ExpressionAttributeNames can only be specified when using expressions");
  const withValues = expressions.filter((parameter) => parameter !== "ProjectionExpression");
  if (input.ExpressionAttributeValues !== undefined && withValues.length > 0 && !withValues.some(isGiven))
    throw validationError(
      // AWS: of a write, not which expressions it could have.
      withValues.some((it) => it === "FilterExpression")
        ? `ExpressionAttributeValues can only be specified when using expressions: ${withValues.join(" and ")} ${withValues.length > 1 ? "are" : "is"} null`
        : "ExpressionAttributeValues can only be specified when using expressions",
    );
};
