/**
 * One attribute value in its canonical form: the wire's JSON with numbers normalised and binary in base64.
 * Stored items are this form's text, so reading one needs no conversion.
 */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

/** Attributes by name: an item, or a map within one. Read it with `attributeOf` only: names such as `constructor` are legal. */
export interface Item {
  readonly [name: string]: AttributeValue;
}

export type AttributeType = "S" | "N" | "B" | "BOOL" | "NULL" | "SS" | "NS" | "BS" | "L" | "M";

/** The type descriptor of a value. */
export const typeOf = (value: AttributeValue): AttributeType => {
  if ("S" in value) return "S";
  if ("N" in value) return "N";
  if ("M" in value) return "M";
  if ("L" in value) return "L";
  if ("BOOL" in value) return "BOOL";
  if ("NULL" in value) return "NULL";
  if ("B" in value) return "B";
  if ("SS" in value) return "SS";
  return "NS" in value ? "NS" : "BS";
};

/** The attribute of that name, if the item has one of its own. */
export const attributeOf = (item: Item, name: string): AttributeValue | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined;

/** An item of these entries. Unlike assignment, it keeps an attribute named `__proto__`. */
export const itemOf = (entries: Iterable<readonly [string, AttributeValue]>): Item => Object.fromEntries(entries);
