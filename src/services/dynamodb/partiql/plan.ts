import { validationError } from "../errors.ts";
import type { Condition, KeyCondition, Operand } from "../expressions/ast.ts";
import { keyAttributes } from "../items/keys.ts";
import type { KeyAttribute, KeySchema } from "../keys/selectKey.ts";
import { MAX_PARTITIONS_IN } from "../limits.ts";
import { type AttributeValue, type Item, itemOf, typeOf } from "../values/attributeValue.ts";

type Partition = readonly AttributeValue[];

/** How a WHERE clause finds its items. */
export interface Plan {
  /** The partitions to read, each by the values of its key's attributes; absent for a scan. */
  readonly partitions: readonly Partition[] | undefined;
  readonly sort: KeyCondition | undefined;
  /** What is left to ask of the items that are read. */
  readonly filter: Condition | undefined;
}

/** The cheapest way to the items of a condition: by partition, and by sort key within it, where it names them. */
export const planOf = (where: Condition | undefined, { partition, furtherPartition = [], sort }: KeySchema): Plan => {
  const parts = conjuncts(where);
  const used = new Set<Condition>();
  let partitions: readonly Partition[] = [[]];
  for (const attribute of [partition, ...furtherPartition]) {
    const part = parts.find((each) => !used.has(each) && valuesIn(each, attribute) !== undefined);
    const values = part && valuesIn(part, attribute);
    // AWS: a partition that is not named whole is not found by its key.
    if (!part || !values) return { partitions: undefined, sort: undefined, filter: where };
    used.add(part);
    partitions = partitions.flatMap((begun) => values.map((value) => [...begun, value]));
  }
  if (partitions.length > MAX_PARTITIONS_IN)
    throw validationError(`The IN operator can have at most ${MAX_PARTITIONS_IN} values of the hash key`);
  const onSort = sort && parts.find((part) => !used.has(part) && sortIn(part, sort) !== undefined);
  if (onSort) used.add(onSort);
  return {
    partitions,
    sort: sort && onSort && sortIn(onSort, sort),
    filter: joined(parts.filter((part) => !used.has(part))),
  };
};

/** The whole key that a condition demands, and the rest of it. Throws when it does not name every key attribute. */
export const keyOf = (
  where: Condition,
  schema: KeySchema,
): { readonly key: Item; readonly condition: Condition | undefined } => {
  const found = fullKeyOf(where, schema);
  if (!found) throw validationError("Where clause does not contain a mandatory equality on all key attributes");
  return found;
};

/** The same, or undefined. */
export const fullKeyOf = (where: Condition | undefined, schema: KeySchema) => {
  const parts = conjuncts(where);
  const used = new Set<Condition>();
  const entries = keyAttributes(schema).flatMap(({ name }): (readonly [string, AttributeValue])[] => {
    const part = parts.find((each) => equalityIn(each, name) !== undefined);
    const value = part && equalityIn(part, name);
    if (!part || !value) return [];
    used.add(part);
    return [[name, value]];
  });
  if (entries.length < keyAttributes(schema).length) return undefined;
  return { key: itemOf(entries), condition: joined(parts.filter((part) => !used.has(part))) };
};

const conjuncts = (condition: Condition | undefined): readonly Condition[] => {
  if (!condition) return [];
  return condition.kind === "and" ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
};

/** Conditions that must all hold. */
export const joined = (conditions: readonly Condition[]): Condition | undefined =>
  conditions.reduce<Condition | undefined>((left, right) => (left ? { kind: "and", left, right } : right), undefined);

const isAttribute = (operand: Operand, name: string): boolean =>
  operand.kind === "path" && operand.path.length === 1 && operand.path[0] === name;

const equalityIn = (condition: Condition, name: string): AttributeValue | undefined => {
  if (condition.kind !== "compare" || condition.operator !== "=") return undefined;
  const { left, right } = condition;
  if (isAttribute(left, name) && right.kind === "value") return right.value;
  return isAttribute(right, name) && left.kind === "value" ? left.value : undefined;
};

/** The values that a condition leaves to one attribute: of an equality, of IN, or of several of them joined with OR. */
const valuesIn = (condition: Condition, { name, type }: KeyAttribute): readonly AttributeValue[] | undefined => {
  const values = alternativesIn(condition, name);
  if (!values) return undefined;
  const distinct = new Map(values.map((value) => [JSON.stringify(value), value]));
  return checked([...distinct.values()], name, type);
};

const alternativesIn = (condition: Condition, name: string): readonly AttributeValue[] | undefined => {
  if (condition.kind === "or") {
    const [left, right] = [alternativesIn(condition.left, name), alternativesIn(condition.right, name)];
    return left && right && [...left, ...right];
  }
  const equal = equalityIn(condition, name);
  if (equal) return [equal];
  if (condition.kind !== "in" || !isAttribute(condition.operand, name)) return undefined;
  const values = condition.others.flatMap((other) => (other.kind === "value" ? [other.value] : []));
  return values.length < condition.others.length || values.length === 0 ? undefined : values;
};

const checked = (values: readonly AttributeValue[], name: string, type: string): readonly AttributeValue[] => {
  if (values.some((value) => typeOf(value) !== type))
    throw validationError(
      `One or more parameter values were invalid: Condition parameter type does not match schema type`,
    );
  if (values.some((value) => ("S" in value && value.S === "") || ("B" in value && value.B === "")))
    throw validationError(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${type === "S" ? "string" : "binary"} value. Key: ${name}`,
    );
  return values;
};

const MIRRORED = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

const sortIn = (condition: Condition, { name, type }: KeyAttribute): KeyCondition | undefined => {
  const fits = (value: AttributeValue) => typeOf(value) === type;
  if (condition.kind === "compare") {
    const { left, right, operator } = condition;
    if (operator === "<>") return undefined;
    if (isAttribute(left, name) && right.kind === "value" && fits(right.value))
      return { name, operator, value: right.value };
    if (isAttribute(right, name) && left.kind === "value" && fits(left.value))
      return { name, operator: MIRRORED[operator], value: left.value };
    return undefined;
  }
  if (condition.kind === "between" && isAttribute(condition.operand, name)) {
    const { low, high } = condition;
    if (low.kind !== "value" || high.kind !== "value" || !fits(low.value) || !fits(high.value)) return undefined;
    return { name, operator: "BETWEEN", low: low.value, high: high.value };
  }
  if (condition.kind !== "beginsWith" || !isAttribute(condition.operand, name)) return undefined;
  const { part } = condition;
  return part.kind === "value" && fits(part.value) && type !== "N"
    ? { name, operator: "BEGINS_WITH", value: part.value }
    : undefined;
};
