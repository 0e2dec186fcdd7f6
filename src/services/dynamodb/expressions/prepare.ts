import { validationError } from "../errors.ts";
import { MAX_EXPRESSION_BYTES } from "../limits.ts";
import type { InputItem } from "../values/readValue.ts";
import type { Condition, KeyCondition, Path, Update } from "./ast.ts";
import { cached } from "./cache.ts";
import { checkConditionSyntax } from "./checkConditionSyntax.ts";
import { checkUpdateSyntax } from "./checkUpdateSyntax.ts";
import { ExpressionFault } from "./fault.ts";
import { keyConditionsOf } from "./keyCondition.ts";
import { parseCondition } from "./parseCondition.ts";
import { parseProjection } from "./parseProjection.ts";
import { parseUpdate } from "./parseUpdate.ts";
import { Placeholders, type ValueFaults } from "./placeholders.ts";
import { resolveCondition } from "./resolveCondition.ts";
import { assertDistinctPaths, reservedFault, resolvePath } from "./resolvePath.ts";
import { resolveUpdate } from "./resolveUpdate.ts";

/** The expression parameters that requests can have. */
export interface ExpressionInput {
  readonly UpdateExpression?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly FilterExpression?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: InputItem | undefined;
}

/** A request's expressions, ready to be applied to items. */
export interface Expressions {
  readonly update?: Update | undefined;
  readonly condition?: Condition | undefined;
  readonly keyConditions?: readonly KeyCondition[] | undefined;
  readonly filter?: Condition | undefined;
  readonly projection?: readonly Path[] | undefined;
}

/**
 * Parses, checks and resolves a request's expressions, in AWS's order.
 * Throws ValidationException for the first fault, and for placeholders that no expression uses.
 */
export const prepareExpressions = (input: ExpressionInput, valueFaults: ValueFaults = "bare"): Expressions => {
  if (hasNone(input)) return NONE;
  const placeholders = new Placeholders(input.ExpressionAttributeNames, input.ExpressionAttributeValues, valueFaults);
  const read = <T>(parameter: ExpressionParameter, resolve: Resolver<T>): T | undefined => {
    const text = input[parameter];
    return text === undefined ? undefined : readExpression(parameter, text, (it) => resolve(it, placeholders));
  };
  const update = read("UpdateExpression", prepareUpdate);
  const condition = read("ConditionExpression", prepareCondition);
  const keyCondition = read("KeyConditionExpression", prepareCondition);
  const filter = read("FilterExpression", prepareCondition);
  const projection = read("ProjectionExpression", prepareProjection);
  placeholders.assertAllUsed();
  const keyConditions = keyCondition === undefined ? undefined : keyConditionsOf(keyCondition);
  return { update, condition, keyConditions, filter, projection };
};

const NONE: Expressions = {};

const hasNone = (input: ExpressionInput): boolean =>
  input.UpdateExpression === undefined &&
  input.ConditionExpression === undefined &&
  input.KeyConditionExpression === undefined &&
  input.FilterExpression === undefined &&
  input.ProjectionExpression === undefined &&
  input.ExpressionAttributeNames === undefined &&
  input.ExpressionAttributeValues === undefined;

type ExpressionParameter = Extract<keyof ExpressionInput, `${string}Expression`>;
type Resolver<T> = (text: string, placeholders: Placeholders) => T;

const readExpression = <T>(parameter: ExpressionParameter, text: string, resolve: (text: string) => T): T => {
  try {
    if (text === "") throw new ExpressionFault("The expression can not be empty;");
    const size = Buffer.byteLength(text);
    if (size > MAX_EXPRESSION_BYTES)
      throw new ExpressionFault(`Expression size has exceeded the maximum allowed size; expression size: ${size}`);
    return resolve(text);
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    throw validationError(`Invalid ${parameter}: ${error.message}`);
  }
};

// What is checked before placeholders are known depends on the text alone, so it is remembered with the syntax.
const conditionSyntax = cached((text) => {
  const parsed = parseCondition(text);
  checkConditionSyntax(parsed);
  return parsed.syntax;
});

const updateSyntax = cached((text) => {
  const parsed = parseUpdate(text);
  checkUpdateSyntax(parsed);
  return parsed.syntax;
});

const projectionSyntax = cached((text) => {
  const { syntax } = parseProjection(text);
  for (const path of syntax) {
    const fault = reservedFault(path);
    if (fault !== undefined) throw new ExpressionFault(fault);
  }
  return syntax;
});

const prepareCondition: Resolver<Condition> = (text, placeholders) =>
  resolveCondition(conditionSyntax(text), placeholders);

const prepareUpdate: Resolver<Update> = (text, placeholders) => resolveUpdate(updateSyntax(text), placeholders);

const prepareProjection: Resolver<readonly Path[]> = (text, placeholders) => {
  const paths = projectionSyntax(text).map((path) => resolvePath(path, placeholders));
  assertDistinctPaths(paths);
  return paths;
};
