import { validationError } from "../errors.ts";
import type { Condition, KeyCondition, Operand } from "../expressions/ast.ts";
import { keyAttributes } from "../items/keys.ts";
import type { KeyAttribute, KeySchema } from "../keys/selectKey.ts";
import { type AttributeValue, type Item, itemOf, typeOf } from "../values/attributeValue.ts";

/** How a WHERE clause finds its items. */
export interface Plan {
  /** The partitions to read; absent for a scan. */
  readonly partitions: readonly AttributeValue[] | undefined;
  readonly sort: KeyCondition | undefined;
  /** What is left to ask of the items that are read. */
  readonly filter: Condition | undefined;
}

/** The cheapest way to the items of a condition: by partition, and by sort key within it, where it names them. */
export const planOf = (where: Condition | undefined, { partition, furtherPartition, sort }: KeySchema): Plan => {
  const parts = conjuncts(where);
  const onPartition = parts.find((part) => partitionsIn(part, partition) !== undefined);
  const partitions = onPartition && partitionsIn(onPartition, partition);
  if (!partitions) return { partitions: undefined, sort: undefined, filter: where };
  // What further attributes make the partition is filtered, so its sort key bounds nothing here.
  const onSort =
    sort && !furtherPartition
      ? parts.find((part) => part !== onPartition && sortIn(part, sort) !== undefined)
      : undefined;
  return {
    partitions,
    sort: sort && onSort && sortIn(onSort, sort),
    filter: joined(parts.filter((part) => part !== onPartition && part !== onSort)),
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

const partitionsIn = (condition: Condition, { name, type }: KeyAttribute): readonly AttributeValue[] | undefined => {
  const equal = equalityIn(condition, name);
  if (equal) return checked([equal], name, type);
  if (condition.kind !== "in" || !isAttribute(condition.operand, name)) return undefined;
  const values = condition.others.flatMap((other) => (other.kind === "value" ? [other.value] : []));
  if (values.length < condition.others.length || values.length === 0) return undefined;
  const distinct = new Map(values.map((value) => [JSON.stringify(value), value]));
  return checked([...distinct.values()], name, type);
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
