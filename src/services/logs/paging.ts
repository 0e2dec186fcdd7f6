import { invalidParameter } from "./errors.ts";

/** One page of named things, in the order given; the token names the last one shown. */
export const page = <T>(
  all: Iterable<T>,
  nameOf: (item: T) => string,
  token: string | undefined,
  size: number,
): { readonly items: T[]; readonly nextToken?: string } => {
  const after = token === undefined ? undefined : openToken(token, isText);
  const items: T[] = [];
  let skipping = after !== undefined;
  for (const item of all) {
    if (items.length === size) return { items, nextToken: sealToken(nameOf(items[size - 1] ?? item)) };
    if (!skipping) items.push(item);
    else if (nameOf(item) === after) skipping = false;
  }
  return { items };
};

export const sealToken = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** What a token of ours holds; anything else is refused as AWS does. */
export const openToken = <T>(token: string, isRight: (value: unknown) => value is T): T => {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, "base64url").toString());
    if (isRight(value)) return value;
  } catch {
    // Not a token of ours.
  }
  throw invalidParameter("The specified nextToken is invalid.");
};

const isText = (value: unknown): value is string => typeof value === "string";
