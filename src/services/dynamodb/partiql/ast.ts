import type { Condition, Path, Update } from "../expressions/ast.ts";
import type { Item } from "../values/attributeValue.ts";

/** What a statement reads or writes. */
export interface Target {
  readonly table: string;
  readonly index: string | undefined;
}

export interface Ordering {
  readonly name: string;
  readonly descending: boolean;
}

export interface Select {
  readonly kind: "select";
  readonly target: Target;
  /** Absent for `*`. */
  readonly paths: readonly Path[] | undefined;
  readonly where: Condition | undefined;
  readonly order: readonly Ordering[];
}

export interface Insert {
  readonly kind: "insert";
  readonly target: Target;
  readonly item: Item;
}

/** What RETURNING asks for. */
export type Returning = "ALL_OLD" | "MODIFIED_OLD" | "ALL_NEW" | "MODIFIED_NEW";

export interface UpdateStatement {
  readonly kind: "update";
  readonly target: Target;
  readonly update: Update;
  readonly where: Condition;
  readonly returning: Returning | undefined;
}

export interface Delete {
  readonly kind: "delete";
  readonly target: Target;
  readonly where: Condition;
  readonly returning: Returning | undefined;
}

/** Within transactions only. */
export interface Exists {
  readonly kind: "exists";
  readonly select: Select;
}

/** A statement with its parameters in their places. */
export type Statement = Select | Insert | UpdateStatement | Delete | Exists;
