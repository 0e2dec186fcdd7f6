import { openToken, sealToken } from "../../kernel/paging.ts";
import { invalidNextToken } from "./errors.ts";
import { DEFAULT_PAGE_SIZE } from "./limits.ts";

/** One page of a list; the token is the place of its last item, made opaque. */
export const pageOf = <T>(
  items: Iterable<T>,
  placeOf: (item: T) => readonly (string | number)[],
  limit: number | undefined,
): { readonly items: readonly T[]; readonly nextToken?: string } => {
  const page: T[] = [];
  for (const item of items) {
    const last = page.at(-1);
    if (page.length === (limit ?? DEFAULT_PAGE_SIZE) && last !== undefined)
      return { items: page, nextToken: sealToken(placeOf(last)) };
    page.push(item);
  }
  return { items: page };
};

/** The numbers a token holds; undefined without a token. */
export const numbersIn = (token: string | undefined): readonly number[] | undefined => {
  const place = placeIn(token);
  if (place === undefined) return undefined;
  const numbers = place.filter((part): part is number => typeof part === "number");
  if (numbers.length !== place.length || numbers.length === 0) throw invalidNextToken();
  return numbers;
};

export const nameIn = (token: string | undefined): string | undefined => {
  const place = placeIn(token);
  if (place === undefined) return undefined;
  const [name] = place;
  if (typeof name !== "string") throw invalidNextToken();
  return name;
};

const isPlace = (words: unknown): words is readonly unknown[] => Array.isArray(words);

const placeIn = (token: string | undefined): readonly unknown[] | undefined =>
  token === undefined ? undefined : openToken(token, isPlace, invalidNextToken);
