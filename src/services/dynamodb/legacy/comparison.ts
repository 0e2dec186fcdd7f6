import { invalidParameter, validationError } from "../errors.ts";
import type { Condition, Operand } from "../expressions/ast.ts";
import type { Comparator } from "../expressions/syntax.ts";
import { type AttributeType, type AttributeValue, typeOf } from "../values/attributeValue.ts";
import { compareValues } from "../values/compare.ts";

/** The operators of the parameters that expressions replaced. */
export type ComparisonOperator =
  | "EQ"
  | "NE"
  | "LE"
  | "LT"
  | "GE"
  | "GT"
  | "NOT_NULL"
  | "NULL"
  | "CONTAINS"
  | "NOT_CONTAINS"
  | "BEGINS_WITH"
  | "IN"
  | "BETWEEN";

/** Throws ValidationException when an operator does not take these values. */
export const checkComparisonValues = (operator: ComparisonOperator, values: readonly AttributeValue[]): void => {
  const { count, types } = RULES[operator];
  if (count === "some" ? values.length === 0 : values.length !== count)
    throw invalidParameter(`Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  const [first, second] = values;
  if (first === undefined) return;
  if (values.some((value) => typeOf(value) !== typeOf(first)))
    throw invalidParameter("AttributeValues inside AttributeValueList must be of same type");
  if (types !== undefined && !types.includes(typeOf(first)))
    throw invalidParameter(`ComparisonOperator ${operator} is not valid for ${typeOf(first)} AttributeValue type`);
  if (operator === "BETWEEN" && second !== undefined && (compareValues(first, second) ?? 0) > 0)
    throw validationError(
      "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
    );
};

/** The condition that an operator puts on a top-level attribute; its values are checked. */
export const comparisonCondition = (
  name: string,
  operator: ComparisonOperator,
  values: readonly AttributeValue[],
): Condition => {
  const operand: Operand = { kind: "path", path: [name] };
  const exists: Condition = { kind: "exists", path: [name] };
  if (operator === "NOT_NULL") return exists;
  if (operator === "NULL") return { kind: "not", condition: exists };
  const [part, high] = values.map((value): Operand => ({ kind: "value", value }));
  if (part === undefined)
    throw invalidParameter(`Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  switch (operator) {
    case "CONTAINS":
      return { kind: "contains", operand, part };
    case "NOT_CONTAINS":
      // AWS: unlike NE, it is false for an attribute that does not exist.
      return { kind: "and", left: exists, right: { kind: "not", condition: { kind: "contains", operand, part } } };
    case "BEGINS_WITH":
      return { kind: "beginsWith", operand, part };
    case "IN":
      return { kind: "in", operand, others: values.map((value): Operand => ({ kind: "value", value })) };
    case "BETWEEN":
      return { kind: "between", operand, low: part, high: high ?? part };
    default:
      return { kind: "compare", operator: COMPARATORS[operator], left: operand, right: part };
  }
};

/** The comparators that some operators are. */
export const COMPARATORS = {
  EQ: "=",
  NE: "<>",
  LE: "<=",
  LT: "<",
  GE: ">=",
  GT: ">",
} as const satisfies Partial<Record<ComparisonOperator, Comparator>>;

interface Rule {
  readonly count: number | "some";
  /** The types of values it takes; every type when absent. */
  readonly types?: readonly AttributeType[];
}

const SCALARS: readonly AttributeType[] = ["S", "N", "B"];

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Condition.html
const RULES: Readonly<Record<ComparisonOperator, Rule>> = {
  EQ: { count: 1 },
  NE: { count: 1 },
  LE: { count: 1, types: SCALARS },
  LT: { count: 1, types: SCALARS },
  GE: { count: 1, types: SCALARS },
  GT: { count: 1, types: SCALARS },
  NOT_NULL: { count: 0 },
  NULL: { count: 0 },
  CONTAINS: { count: 1, types: SCALARS },
  NOT_CONTAINS: { count: 1, types: SCALARS },
  BEGINS_WITH: { count: 1, types: ["S", "B"] },
  IN: { count: "some", types: SCALARS },
  BETWEEN: { count: 2, types: SCALARS },
};
