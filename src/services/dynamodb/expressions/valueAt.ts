import { type AttributeValue, attributeOf, type Item } from "../values/attributeValue.ts";
import type { Path } from "./ast.ts";

/** The value at a path; undefined when the item has nothing there. */
export const valueAt = (item: Item, [first, ...rest]: Path): AttributeValue | undefined => {
  let value = attributeOf(item, first);
  for (const step of rest) {
    if (value === undefined) return undefined;
    if (typeof step === "number") value = "L" in value ? value.L[step] : undefined;
    else value = "M" in value ? attributeOf(value.M, step) : undefined;
  }
  return value;
};
