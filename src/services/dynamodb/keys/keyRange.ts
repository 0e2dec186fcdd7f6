import type { KeyCondition } from "../expressions/ast.ts";
import { afterPrefix, encodeKey } from "./encode.ts";

/** Bounds on an encoded sort key. */
export interface SortRange {
  readonly gt?: Uint8Array;
  readonly gte?: Uint8Array;
  readonly lt?: Uint8Array;
  readonly lte?: Uint8Array;
}

/** The encoded sort keys that satisfy a key condition: exactly those within the bounds. */
export const sortRangeOf = (condition: KeyCondition): SortRange => {
  switch (condition.operator) {
    case "=": {
      const key = encodeKey(condition.value);
      return { gte: key, lte: key };
    }
    case "<":
      return { lt: encodeKey(condition.value) };
    case "<=":
      return { lte: encodeKey(condition.value) };
    case ">":
      return { gt: encodeKey(condition.value) };
    case ">=":
      return { gte: encodeKey(condition.value) };
    case "BETWEEN":
      return { gte: encodeKey(condition.low), lte: encodeKey(condition.high) };
    case "BEGINS_WITH": {
      const prefix = encodeKey(condition.value);
      const after = afterPrefix(prefix);
      return after === undefined ? { gte: prefix } : { gte: prefix, lt: after };
    }
  }
};
