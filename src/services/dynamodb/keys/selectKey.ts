import { invalidParameter, validationError } from "../errors.ts";
import type { KeyCondition } from "../expressions/ast.ts";
import { type AttributeType, type AttributeValue, typeOf } from "../values/attributeValue.ts";

/** A key attribute and its type. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: AttributeType;
}

/** The key of a table or an index. Only a global index has more than one attribute of a kind. */
export interface KeySchema {
  readonly partition: KeyAttribute;
  readonly furtherPartition?: readonly KeyAttribute[];
  readonly sort?: KeyAttribute | undefined;
  readonly furtherSort?: readonly KeyAttribute[];
}

/** The attributes that make the partition. */
export const partitionAttributes = ({ partition, furtherPartition }: KeySchema): readonly KeyAttribute[] =>
  furtherPartition ? [partition, ...furtherPartition] : [partition];

/** The attributes by which a partition is sorted. */
export const sortAttributes = ({ sort, furtherSort = [] }: KeySchema): readonly KeyAttribute[] =>
  sort ? [sort, ...furtherSort] : [];

/** The items that a query reads: of one partition, those with the same first sort values, within bounds on the next one. */
export interface KeySelection {
  readonly fixed: readonly AttributeValue[];
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
  schema: KeySchema,
  before: (key: KeyAttribute, isPartition: boolean) => void = () => {},
): KeySelection => {
  const partitions = partitionAttributes(schema);
  const sorts = sortAttributes(schema);
  checkCount(conditions, partitions.length + sorts.length);
  if (partitions.length > 1) checkPartition(conditions, partitions);
  const fixed = partitions.map((attribute) => {
    before(attribute, true);
    const condition = conditionOn(conditions, attribute);
    if (condition === undefined) throw missed(attribute);
    if (condition.operator !== "=") throw notSupported();
    return condition.value;
  });
  const onSort = sorts.map((attribute) => {
    before(attribute, false);
    return conditionOn(conditions, attribute);
  });
  const given = onSort.filter((condition) => condition !== undefined);
  const absent = sorts.find((_, position) => onSort[position] === undefined);
  if (absent && fixed.length + given.length < conditions.length) throw missed(absent);
  assertNoGap(sorts, onSort);
  const last = given.at(-1);
  return { fixed: [...fixed, ...given.slice(0, -1).flatMap(comparedValue)], sort: last };
};

/** AWS has other words where the key has but one attribute. */
const checkCount = (conditions: readonly KeyDemand[], attributes: number): void => {
  if (conditions.length <= attributes) return;
  if (attributes === 1) throw notSupported();
  throw validationError(
    `The number of query conditions (${conditions.length}) exceeds the number of key attributes defined in the schema (${attributes})`,
  );
};

const notSupported = () => validationError("Query key condition not supported");

/** AWS: of several attributes that make the partition, all those without an equality are named at once. */
const checkPartition = (conditions: readonly KeyDemand[], partitions: readonly KeyAttribute[]): void => {
  const loose = partitions.filter((key) => conditions.find(({ name }) => name === key.name)?.operator !== "=");
  if (loose.length > 0)
    throw validationError(
      `HASH key attributes ${loose.map(({ name }) => name).join(", ")} must have equality conditions specified in the query`,
    );
};

/** AWS: of several sort attributes a query may name the first ones, all but the last of them by equality. */
const assertNoGap = (sorts: readonly KeyAttribute[], conditions: readonly (KeyCondition | undefined)[]): void => {
  const last = conditions.findLastIndex((condition) => condition !== undefined);
  const loose = sorts.filter((_, position) => position < last && conditions[position]?.operator !== "=");
  if (loose.length > 0)
    throw validationError(
      `RANGE key attributes ${loose.map(({ name }) => name).join(", ")} must have equality conditions specified in the query because a condition is present on key attribute ${sorts[last]?.name}`,
    );
};

const comparedValue = (condition: KeyCondition): readonly AttributeValue[] =>
  condition.operator === "BETWEEN" ? [] : [condition.value];

/** Throws for a query that names no key. */
export const assertAny = (conditions: readonly KeyDemand[]): void => {
  if (conditions.length < 1) throw validationError("Conditions can be of length 1 or 2 only");
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
