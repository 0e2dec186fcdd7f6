/** A filter expression, read. https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html */
export type Expression =
  | { readonly kind: "and" | "or"; readonly parts: readonly Expression[] }
  | { readonly kind: "not"; readonly part: Expression }
  | Comparison
  | { readonly kind: "service"; readonly node: NodeName; readonly filter?: Expression }
  | { readonly kind: "edge"; readonly from: NodeName; readonly to: NodeName; readonly filter?: Expression }
  | { readonly kind: "rootcause"; readonly cause: Cause; readonly element: Element; readonly filter?: Expression };

/** A keyword with what it is compared with; by itself it asks whether it is true, or set. */
export interface Comparison {
  readonly kind: "compare";
  /** In lower case, but for the key of an annotation. */
  readonly keyword: string;
  readonly operator?: Operator;
  readonly value?: Value;
}

export type Value = string | number | boolean;

export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "CONTAINS" | "BEGINSWITH" | "ENDSWITH";

/** Which nodes are meant: what is absent may be anything. */
export interface NodeName {
  readonly name?: string;
  readonly type?: string;
  readonly account?: string;
}

export type Cause = "fault" | "error" | "responsetime";

export type Element = "service" | "entity" | "exception";
