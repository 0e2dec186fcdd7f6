/** A step of a document path as it is written. */
export type PathStep =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "placeholder"; readonly placeholder: string }
  | { readonly kind: "index"; readonly digits: string };

/** A document path as it is written. */
export interface PathSyntax {
  readonly kind: "path";
  readonly steps: readonly PathStep[];
}

/** A `:value`. */
export interface ValueSyntax {
  readonly kind: "value";
  readonly placeholder: string;
}

/** A function's call. */
export interface CallSyntax {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly OperandSyntax[];
}

export type OperandSyntax = PathSyntax | ValueSyntax | CallSyntax;

export type Comparator = "=" | "<>" | "<" | "<=" | ">" | ">=";

/** A condition, filter or key condition as it is written. */
export type ConditionSyntax =
  | { readonly kind: "and" | "or"; readonly left: ConditionSyntax; readonly right: ConditionSyntax }
  | { readonly kind: "not"; readonly condition: ConditionSyntax }
  | ComparisonSyntax
  | CallSyntax;

/** One comparison: the operator with its operands in the order they are written. */
export interface ComparisonSyntax {
  readonly kind: "comparison";
  readonly operator: Comparator | "BETWEEN" | "IN";
  readonly operands: readonly OperandSyntax[];
}

/** What SET assigns. */
export type AssignedSyntax = OperandSyntax | ArithmeticSyntax;

export interface ArithmeticSyntax {
  readonly kind: "arithmetic";
  readonly operator: "+" | "-";
  readonly left: AssignedSyntax;
  readonly right: AssignedSyntax;
}

/** One action of an update expression. */
export type ActionSyntax =
  | { readonly kind: "SET"; readonly path: PathSyntax; readonly value: AssignedSyntax }
  | { readonly kind: "REMOVE"; readonly path: PathSyntax }
  | { readonly kind: "ADD" | "DELETE"; readonly path: PathSyntax; readonly value: ValueSyntax };

/** An update expression: its sections' keywords as they appear, and all actions. */
export interface UpdateSyntax {
  readonly sections: readonly ActionSyntax["kind"][];
  readonly actions: readonly ActionSyntax[];
}

/** A parsed expression, with what was counted on the way. */
export interface Parsed<T> {
  readonly syntax: T;
  readonly operators: number;
  readonly redundantParentheses: boolean;
}
