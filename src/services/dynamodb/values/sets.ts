import type { AttributeValue } from "./attributeValue.ts";

/** A set with the elements of both; undefined when they are not sets of one type. */
export const unionOf = (a: AttributeValue, b: AttributeValue): AttributeValue | undefined => {
  if ("SS" in a && "SS" in b) return { SS: [...new Set([...a.SS, ...b.SS])] };
  if ("NS" in a && "NS" in b) return { NS: [...new Set([...a.NS, ...b.NS])] };
  if ("BS" in a && "BS" in b) return { BS: [...new Set([...a.BS, ...b.BS])] };
  return undefined;
};

/** What is left of a set: the set, `"empty"`, since DynamoDB keeps no empty sets, or undefined when they are not sets of one type. */
export const differenceOf = (a: AttributeValue, b: AttributeValue): AttributeValue | "empty" | undefined => {
  if ("SS" in a && "SS" in b) return left(without(a.SS, b.SS), (SS) => ({ SS }));
  if ("NS" in a && "NS" in b) return left(without(a.NS, b.NS), (NS) => ({ NS }));
  if ("BS" in a && "BS" in b) return left(without(a.BS, b.BS), (BS) => ({ BS }));
  return undefined;
};

const without = (elements: readonly string[], removed: readonly string[]): readonly string[] => {
  const gone = new Set(removed);
  return elements.filter((element) => !gone.has(element));
};

const left = (
  elements: readonly string[],
  wrapped: (elements: readonly string[]) => AttributeValue,
): AttributeValue | "empty" => (elements.length === 0 ? "empty" : wrapped(elements));
