import { invalidParameter, validationError } from "../errors.ts";
import type { KeyCondition } from "../expressions/ast.ts";
import { type AttributeType, type AttributeValue, typeOf } from "../values/attributeValue.ts";

/** A key attribute and its type. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: AttributeType;
}

/** The key of a table or an index. */
export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly sort?: KeyAttribute | undefined;
}

/** The items of one partition that a query reads. */
export interface KeySelection {
  readonly partition: AttributeValue;
  readonly sort?: KeyCondition | undefined;
}

/** What a query says of a key attribute: a condition, or an operator that no key takes. */
export type KeyDemand = KeyCondition | { readonly name: string; readonly operator: "UNINDEXABLE" };

/**
 * Puts a query's key conditions in their places. Throws ValidationException when they do not fit the key. AWS looks at a
 * page's start attribute by attribute, each before its condition: `before` is called for that.
 */
export const selectKey = (
  conditions: readonly KeyDemand[],
  { partition, sort }: KeySchema,
  before: (key: KeyAttribute, isPartition: boolean) => void = () => {},
): KeySelection => {
  assertOneOrTwo(conditions);
  before(partition, true);
  if (sort === undefined && conditions.length > 1) throw validationError("Query key condition not supported");
  const onPartition = conditionOn(conditions, partition);
  if (onPartition === undefined) throw missed(partition);
  if (onPartition.operator !== "=") throw validationError("Query key condition not supported");
  if (sort === undefined) return { partition: onPartition.value };
  before(sort, false);
  const onSort = conditionOn(conditions, sort);
  if (onSort === undefined && conditions.length > 1) throw missed(sort);
  return { partition: onPartition.value, sort: onSort };
};

/** Throws for more or fewer conditions than a key can take. */
export const assertOneOrTwo = (conditions: readonly KeyDemand[]): void => {
  if (conditions.length < 1 || conditions.length > 2) throw validationError("Conditions can be of length 1 or 2 only");
};

const missed = ({ name }: KeyAttribute): Error => validationError(`Query condition missed key schema element: ${name}`);

const conditionOn = (conditions: readonly KeyDemand[], key: KeyAttribute): KeyCondition | undefined => {
  const condition = conditions.find(({ name }) => name === key.name);
  if (condition === undefined) return undefined;
  if (condition.operator === "UNINDEXABLE")
    throw validationError("Attempted conditional constraint is not an indexable operation");
  const values = condition.operator === "BETWEEN" ? [condition.low, condition.high] : [condition.value];
  if (values.some((value) => typeOf(value) !== key.type))
    throw invalidParameter("Condition parameter type does not match schema type");
  if (values.some(isEmpty))
    throw invalidParameter(
      `The AttributeValue for a key attribute cannot contain an empty ${key.type === "S" ? "string" : "binary"} value. Key: ${key.name}`,
    );
  return condition;
};

const isEmpty = (value: AttributeValue): boolean =>
  ("S" in value && value.S === "") || ("B" in value && value.B === "");
