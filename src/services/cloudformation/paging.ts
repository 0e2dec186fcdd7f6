import { validationError } from "./errors.ts";

/** One page of a list, and the token of the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** The page of a list that a token names; the token is the number of items before it, made opaque. */
export const page = <T>(all: Iterable<T>, token: string | undefined, size: number): Page<T> => {
  const start = token === undefined ? 0 : openToken(token);
  const items: T[] = [];
  let index = 0;
  for (const item of all) {
    if (items.length === size) return { items, nextToken: sealToken(index) };
    if (index >= start) items.push(item);
    index += 1;
  }
  return { items, nextToken: undefined };
};

const sealToken = (index: number): string => Buffer.from(`page:${index}`).toString("base64url");

const openToken = (token: string): number => {
  const [, index] = /^page:(\d+)$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (index === undefined) throw validationError("Invalid NextToken");
  return Number(index);
};
