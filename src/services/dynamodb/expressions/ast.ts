import type { AttributeValue } from "../values/attributeValue.ts";
import type { Comparator } from "./syntax.ts";

/** A document path: names of map members and indexes into lists, from the top-level attribute down. */
export type Path = readonly [string, ...(string | number)[]];

/** What a condition compares. */
export type Operand =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly value: AttributeValue }
  | { readonly kind: "size"; readonly operand: Operand };

/** A condition or filter, with every placeholder resolved. */
export type Condition =
  | { readonly kind: "and" | "or"; readonly left: Condition; readonly right: Condition }
  | { readonly kind: "not"; readonly condition: Condition }
  | { readonly kind: "compare"; readonly operator: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: "between"; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: "in"; readonly operand: Operand; readonly others: readonly Operand[] }
  | { readonly kind: "exists"; readonly path: Path }
  | { readonly kind: "type"; readonly operand: Operand; readonly type: string }
  | { readonly kind: "beginsWith" | "contains"; readonly operand: Operand; readonly part: Operand };

/** What SET assigns. */
export type Assigned =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly value: AttributeValue }
  | { readonly kind: "ifNotExists"; readonly path: Path; readonly otherwise: Assigned }
  | { readonly kind: "listAppend"; readonly first: Assigned; readonly second: Assigned }
  | { readonly kind: "arithmetic"; readonly operator: "+" | "-"; readonly left: Assigned; readonly right: Assigned };

/** One change to an item. */
export type Action =
  | { readonly kind: "set"; readonly path: Path; readonly value: Assigned }
  | { readonly kind: "remove"; readonly path: Path }
  | { readonly kind: "add" | "delete"; readonly path: Path; readonly value: AttributeValue };

/** An update, with every placeholder resolved. No two of its paths overlap. */
export interface Update {
  readonly actions: readonly Action[];
  /** What AWS says when an operand does not fit the stored value: AttributeUpdates has other words than UpdateExpression. */
  readonly mismatch: string;
}

/** What a query demands of one key attribute. */
export type KeyCondition =
  | { readonly name: string; readonly operator: "=" | "<" | "<=" | ">" | ">="; readonly value: AttributeValue }
  | { readonly name: string; readonly operator: "BETWEEN"; readonly low: AttributeValue; readonly high: AttributeValue }
  | { readonly name: string; readonly operator: "BEGINS_WITH"; readonly value: AttributeValue };
